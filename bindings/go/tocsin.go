// Package tocsin is a service desk in your process: incidents, agreements, on-call, escalation.
//
// Open gives a Desk. Commands and questions are documents, one struct and one method for each; instants are time.Time,
// durations time.Duration. What a struct leaves zero is not given; a number, a truth or a duration that need not be given
// is a pointer, which Ptr makes. Errors are *Error, and errors.Is knows their status: ErrNotFound, ErrConflict.
//
// The package needs libtocsin, which pkg-config has to find when it is built (PKG_CONFIG_PATH), and the loader when the
// program runs.
package tocsin
