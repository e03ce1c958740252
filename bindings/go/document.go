package tocsin

import "reflect"

// Ptr is a pointer to a value: of a number, a truth or a duration that need not be given.
func Ptr[T any](value T) *T { return &value }

// What the library is given for a command: its name and its fields; the host gives it where it names no actor.
func commandDocument(command Command, path string) (map[string]any, error) {
	document, err := named(command, command.command(), "command", path)
	if err == nil && document["actor"] == nil && command.command() != "" {
		document["actor"] = "host"
	}
	return document, err
}

func questionDocument(question Question) (map[string]any, error) {
	return named(question, question.query(), "query", "")
}

func named(given any, name, tag, path string) (map[string]any, error) {
	tree, err := plain(reflect.ValueOf(given), path)
	if err != nil {
		return nil, err
	}
	document, _ := tree.(map[string]any)
	if document == nil {
		document = map[string]any{}
	}
	if name != "" {
		document[tag] = name
	}
	return document, nil
}
