package com.acme;

class TextsBase {
    static final String INHERITED = "create unique index u on users (email)";
}
