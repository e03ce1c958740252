package tocsin

import (
	"encoding/json"
	"errors"

	"tocsin.example/tocsin/internal/raw"
)

// ErrClosed is what a desk or a calendar answers after Close.
var ErrClosed = errors.New("tocsin: it is closed")

type status string

func (s status) Error() string { return "tocsin: " + string(s) }

// Error says why the library refused, or could not. Decide by errors.Is and Reason; the message is for a person.
type Error struct {
	// Status is what to do about it: "not_found", "conflict".
	Status string
	// Reason is what it was, a stable dotted word: "workflow.transition_not_allowed".
	Reason string
	// Message is one line for a person.
	Message string
	// Detail says where and what: the "path" in the document, ids, what was "allowed".
	Detail map[string]any

	causes []error
}

// Error is the message.
func (e *Error) Error() string { return "tocsin: " + e.Message }

// Unwrap gives the sentinel of the status, and the error of a context, a guard or a progress that ended
// the call.
func (e *Error) Unwrap() []error { return e.causes }

func (e *Error) take(members map[string]any) error {
	e.Status, _ = members["status"].(string)
	e.Reason, _ = members["reason"].(string)
	e.Message, _ = members["message"].(string)
	if detail, ok := members["detail"].(map[string]any); ok {
		e.Detail, _ = numbers(detail).(map[string]any)
	}
	for _, known := range statuses[1:] {
		if known.(status) == status(e.Status) {
			e.causes = []error{known}
		}
	}
	return nil
}

func failure(found *raw.Failure) error {
	if found == nil {
		return nil
	}
	made := &Error{Status: found.Name, Reason: found.Reason, Message: found.Message}
	if detail, err := parse([]byte(found.Detail)); err == nil {
		made.Detail, _ = numbers(detail).(map[string]any)
	}
	if found.Status > 0 && int(found.Status) < len(statuses) {
		made.causes = []error{statuses[found.Status]}
	}
	return made
}

// because gives the error of a call the error that a function of the host ended it with.
func because(err, cause error) error {
	if made, ok := err.(*Error); ok && cause != nil {
		made.Message += ": " + cause.Error()
		made.causes = append(made.causes, cause)
	}
	return err
}

var _ json.Unmarshaler = (*Error)(nil)

// UnmarshalJSON reads an error as it stands in the result of a command in a batch.
func (e *Error) UnmarshalJSON(text []byte) error { return Unmarshal(text, e) }
