package org.asyncmigrations.jobrunr;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * Tells a job of JobRunr which work it does. Written and read by JobRunr's JSON library, and never changed afterwards, so it is
 * thread-safe.
 */
public final class SliceRequest implements JobRequest {
    private static final long serialVersionUID = 1L;

    private String registry = "";
    private String slot = "";

    /** For JobRunr. */
    public SliceRequest() {
        // JobRunr sets the fields.
    }

    SliceRequest(String registry, String slot) {
        this.registry = registry;
        this.slot = slot;
    }

    /**
     * The registry.
     *
     * @return the name of its work
     */
    public String getRegistry() {
        return registry;
    }

    /**
     * The slot.
     *
     * @return one of the registry's jobs: the build and a number
     */
    public String getSlot() {
        return slot;
    }

    @Override
    @SuppressWarnings("rawtypes") // JobRunr declares the raw type
    public Class<? extends JobRequestHandler> getJobRequestHandler() {
        return JobRunrWorker.class;
    }
}
