//! Adapters as processes or in this one, workers, timeouts, restarts, selection.
