//! Arguments, the clock and the environment; nothing else reads them.
