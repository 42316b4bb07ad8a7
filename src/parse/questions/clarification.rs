//! `[NEEDS CLARIFICATION: which provider?]`: an open question where it stands, in files that are
//! written with coding agents.
