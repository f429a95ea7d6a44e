package org.asyncmigrations.example.shop;

record Customer(long id, String name) {}
