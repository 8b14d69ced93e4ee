//! The families of delivery services (draft-mcmillion-mimi-delivery-service-00).
//!
//! | file | what |
//! |---|---|
//! | `hub` | what a hub answers, request by request |

pub(super) mod hub;
