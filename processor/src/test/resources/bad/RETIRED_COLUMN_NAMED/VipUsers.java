package com.acme;

public class VipUsers extends Users {
    private static final long serialVersionUID = 1L;
}
