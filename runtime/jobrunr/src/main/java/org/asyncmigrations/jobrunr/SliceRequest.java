package org.asyncmigrations.jobrunr;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** What a job of JobRunr's is to work for. Written and read by JobRunr's JSON library; not changed after that, and so safe for threads. */
public final class SliceRequest implements JobRequest {
    private static final long serialVersionUID = 1L;

    private String registry = "";
    private String slot = "";

    /** For JobRunr. */
    public SliceRequest() {
        // The fields follow.
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
     * One of the registry's jobs.
     *
     * @return the build and a number
     */
    public String getSlot() {
        return slot;
    }

    @Override
    @SuppressWarnings("rawtypes") // As JobRunr declares it.
    public Class<? extends JobRequestHandler> getJobRequestHandler() {
        return JobRunrWorker.class;
    }
}
