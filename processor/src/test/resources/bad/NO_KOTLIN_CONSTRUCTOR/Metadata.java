package kotlin;

public @interface Metadata {
    int k() default 1;
}
