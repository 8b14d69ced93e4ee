//! The mimicheck binary's inside: runner, reports, ledger, adapters.
