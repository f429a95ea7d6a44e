package com.acme;

/** Has the name of what is generated. */
public final class Services {
    private Services() {}
}
