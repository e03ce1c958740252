package tocsin

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Every conformance case (tests/conformance/README.md) holds through the binding: as JSON text, as the C interface has it,
// and as a program speaks, in structs, time.Time and time.Duration.

const conformance = "../../tests/conformance"

func byName(types ...reflect.Type) map[string]reflect.Type {
	made := map[string]reflect.Type{}
	for _, one := range types {
		switch document := reflect.Zero(one).Interface().(type) {
		case Command:
			made[document.command()] = one
		case Question:
			made[document.query()] = one
		case interface{ event() string }:
			made[document.event()] = one
		}
	}
	return made
}

type members = map[string]any

func readTree(t *testing.T, path string) any {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parse(text)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return tree
}

// ---- matching

// difference is where the answer is not what is expected; empty where it is.
func difference(expected, found any, path string) string {
	say := func() string {
		return fmt.Sprintf("%s: expected %s, found %s", where(path), shown(expected), shown(found))
	}
	switch wanted := expected.(type) {
	case []any:
		items, ok := found.([]any)
		if !ok || len(items) != len(wanted) {
			return say()
		}
		for i := range wanted {
			if wrong := difference(wanted[i], items[i], fmt.Sprintf("%s/%d", path, i)); wrong != "" {
				return wrong
			}
		}
		return ""
	case members:
		if _, any := wanted["$any"]; any {
			return ""
		}
		if part, ok := wanted["$contains"]; ok {
			if text, ok := found.(string); ok && strings.Contains(text, part.(string)) {
				return ""
			}
			return say()
		}
		object, ok := found.(members)
		if !ok {
			return say()
		}
		for name, value := range wanted {
			inner, there := object[name]
			if rule, ok := value.(members); ok && rule["$absent"] != nil {
				if there {
					return fmt.Sprintf("%s/%s: expected nothing, found %s", path, name, shown(inner))
				}
				continue
			}
			if !there {
				return fmt.Sprintf("%s/%s: expected %s, found nothing in %s", path, name, shown(value), shown(object))
			}
			if wrong := difference(value, inner, path+"/"+name); wrong != "" {
				return wrong
			}
		}
		return ""
	case json.Number:
		number, ok := found.(json.Number)
		if !ok {
			return say()
		}
		one, _ := wanted.Float64()
		other, _ := number.Float64()
		if one != other {
			return say()
		}
		return ""
	}
	if expected != found {
		return say()
	}
	return ""
}

func shown(tree any) string {
	text, _ := json.Marshal(tree)
	return string(text)
}

// ---- steps

func textOf(part any) string {
	switch part := part.(type) {
	case string:
		return part
	case []any:
		var text strings.Builder
		for _, one := range part {
			text.WriteString(textOf(one))
		}
		return text.String()
	case members:
		return strings.Repeat(part["$repeat"].(string), whole(part["times"]))
	}
	panic(fmt.Sprintf("%v is no text", part))
}

func expanded(part any) any {
	switch part := part.(type) {
	case members:
		if _, ok := part["$repeat"]; ok {
			return textOf(part)
		}
		made := members{}
		for name, value := range part {
			made[name] = expanded(value)
		}
		return made
	case []any:
		made := make([]any, len(part))
		for i, one := range part {
			made[i] = expanded(one)
		}
		return made
	}
	return part
}

func whole(tree any) int {
	number, err := tree.(json.Number).Int64()
	if err != nil {
		panic(err)
	}
	return int(number)
}

func instantIn(tree any) time.Time {
	if text, ok := tree.(string); ok {
		at, ok := parseInstant(text)
		if !ok {
			panic(text + " is no instant")
		}
		return at
	}
	return time.UnixMicro(int64(whole(tree))).UTC()
}

// A speaker says to a desk what a step says.
type speaker interface {
	executeParsed(step members, commands any) ([]byte, error)
	query(question any) ([]byte, error)
	entry(sequence uint64) ([]byte, error)
	effects(consumer string, most int) ([]byte, error)
}

// textSpeaker hands JSON text through.
type textSpeaker struct{ desk *Desk }

func optionsOf(step members) []Option {
	var options []Option
	if step["atomic"] != true {
		options = append(options, Apart())
	}
	if step["dry_run"] == true {
		options = append(options, DryRun())
	}
	if step["allow_leap"] == true {
		options = append(options, AllowLeap())
	}
	if step["lines"] == true {
		options = append(options, Lines())
	}
	if at, ok := step["at_us"]; ok {
		options = append(options, At(time.UnixMicro(int64(whole(at)))))
	}
	return options
}

func (s textSpeaker) executeParsed(step members, commands any) ([]byte, error) {
	return s.desk.ExecuteJSON(context.Background(), []byte(shown(commands)), optionsOf(step)...)
}

func (s textSpeaker) query(question any) ([]byte, error) {
	return s.desk.QueryJSON(context.Background(), []byte(shown(question)))
}

func (s textSpeaker) entry(sequence uint64) ([]byte, error) {
	return asText(s.desk.Entry(context.Background(), sequence))
}

func (s textSpeaker) effects(consumer string, most int) ([]byte, error) {
	return s.desk.TakeEffectsJSON(context.Background(), consumer, most)
}

// goSpeaker says it in structs, where they can say it.
type goSpeaker struct{ textSpeaker }

func (s goSpeaker) executeParsed(step members, commands any) ([]byte, error) {
	ctx, options := context.Background(), optionsOf(step)
	switch document := commands.(type) {
	case members:
		made, err := typed[Command](document, "command", commandTypes)
		if err != nil {
			return nil, err
		}
		return asText(s.desk.Execute(ctx, made, options...))
	case []any:
		made := make([]Command, len(document))
		for i, one := range document {
			object, ok := one.(members)
			if !ok {
				return s.textSpeaker.executeParsed(step, commands)
			}
			var err error
			if made[i], err = typed[Command](object, "command", commandTypes); err != nil {
				return nil, err
			}
		}
		return asText(s.desk.ExecuteAll(ctx, made, options...))
	}
	return s.textSpeaker.executeParsed(step, commands)
}

func (s goSpeaker) query(question any) ([]byte, error) {
	object, ok := question.(members)
	if !ok {
		return s.textSpeaker.query(question)
	}
	made, err := typed[Question](object, "query", questionTypes)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	answer, err := s.desk.Query(ctx, made)
	if err != nil {
		return nil, err
	}
	switch asked := made.(type) { // what has a type of its own is read as such, too
	case Get:
		record, err := s.desk.Get(ctx, asked)
		if err != nil {
			return nil, err
		}
		return asText(answer, sameIn(record, answer))
	case Find:
		found, err := s.desk.Find(ctx, asked)
		if err != nil {
			return nil, err
		}
		for i, record := range answer["records"].([]any) {
			if err := sameIn(&found.Records[i], record.(members)); err != nil {
				return nil, err
			}
		}
	}
	return asText(answer, nil)
}

func (s goSpeaker) effects(consumer string, most int) ([]byte, error) {
	effects, err := s.desk.TakeEffects(context.Background(), consumer, most)
	if err != nil {
		return nil, err
	}
	all := []any{}
	for _, effect := range effects {
		if one := eventTypes[effect.Effect]; one != nil {
			if err := effect.Decode(reflect.New(one).Interface().(interface{ event() string })); err != nil {
				return nil, err
			}
		}
		fields := members{"id": effect.ID, "effect": effect.Effect, "record": effect.Record, "scheduled_at": effect.ScheduledAt, "recorded_at": effect.RecordedAt}
		if effect.Record == "" {
			delete(fields, "record")
		}
		for name, value := range effect.Fields {
			fields[name] = value
		}
		all = append(all, fields)
	}
	return asText(all, nil)
}

// sameIn says whether a struct has what the answer has, member by member.
func sameIn(record any, answer members) error {
	one, err := Marshal(record)
	if err != nil {
		return err
	}
	other, err := Marshal(answer)
	if err != nil {
		return err
	}
	read, _ := parse(one)
	wanted, _ := parse(other)
	if wrong := difference(wanted, read, ""); wrong != "" {
		return errors.New("the struct: " + wrong)
	}
	return nil
}

// How many documents a struct could say, and how many none could.
var byStruct, byDocument atomic.Int64

// typed is the struct of a document, or the document itself, as Go has its values, where no struct can say it.
func typed[Kind any](document members, tag string, types map[string]reflect.Type) (Kind, error) {
	var none Kind
	name, _ := document[tag].(string)
	if one, ok := types[name]; ok {
		made := reflect.New(one)
		if err := assign(copied(document), made.Elem(), "", ""); err == nil {
			again, err := named(made.Elem().Interface(), name, tag, "")
			if err != nil {
				return none, err
			}
			text, err := Marshal(again)
			if err != nil {
				return none, err
			}
			tree, _ := parse(text)
			if reflect.DeepEqual(tree, any(document)) && (tag == "query" || document["actor"] != nil) {
				byStruct.Add(1)
				return made.Elem().Interface().(Kind), nil
			}
		}
	}
	byDocument.Add(1)
	var kind any = Document(native(copied(document), "").(members))
	return kind.(Kind), nil
}

func copied(tree any) any {
	again, err := parse([]byte(shown(tree)))
	if err != nil {
		panic(err)
	}
	return again
}

// Members that hold documents of other forms: tests in packs, conditions and what they saw, what a refusal quotes.
var foreign = set("custom", "steps", "condition", "when", "where", "detail", "value", "operands")

// asText writes an answer as text again, and demands that nothing in it that is an instant or a duration is left as text.
func asText(answer any, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	if result, ok := answer.(*Result); ok {
		answer, err = resultTree(*result)
	}
	if results, ok := answer.([]Result); ok {
		all := make([]any, len(results))
		for i, one := range results {
			if all[i], err = resultTree(one); err != nil {
				return nil, err
			}
		}
		answer = all
	}
	if err != nil {
		return nil, err
	}
	if err := demandNative(answer, ""); err != nil {
		return nil, err
	}
	return Marshal(answer)
}

func resultTree(result Result) (any, error) {
	if result.Error != nil {
		return members{"error": members{"status": result.Error.Status, "reason": result.Error.Reason, "message": result.Error.Message, "detail": result.Error.Detail}}, nil
	}
	tree := members{"sequence": result.Sequence, "recorded_at": result.RecordedAt}
	events := make([]any, len(result.Events))
	for i, event := range result.Events {
		fields := members{"event": event.Event}
		for name, value := range event.Fields {
			fields[name] = value
		}
		events[i] = fields
		one := eventTypes[event.Event]
		if one == nil {
			return nil, fmt.Errorf("%s is no event", event.Event)
		}
		made := reflect.New(one).Interface().(interface{ event() string })
		if err := event.Decode(made); err != nil {
			return nil, err
		}
		if err := sameIn(made, event.Fields); err != nil {
			return nil, fmt.Errorf("%s: %w", event.Event, err)
		}
	}
	tree["events"] = events
	if result.Record != (Record{}) {
		tree["record"] = result.Record
	}
	if !result.KeysSince.IsZero() {
		tree["keys_since"] = result.KeysSince
	}
	if result.Repeated {
		tree["repeated"] = true
	}
	return tree, nil
}

func demandNative(part any, name string) error {
	switch part := part.(type) {
	case []any:
		for _, one := range part {
			if err := demandNative(one, name); err != nil {
				return err
			}
		}
	case Answer:
		return demandNative(members(part), name)
	case members:
		for member, value := range part {
			if _, ok := foreign[member]; ok {
				continue
			}
			if err := demandNative(value, member); err != nil {
				return err
			}
		}
	case string:
		_, instant := parseInstant(part)
		_, duration := parseDuration(part)
		if instant || duration {
			return fmt.Errorf("%s is left as text: %s", name, part)
		}
	}
	return nil
}

type runner struct {
	desk *Desk
	path string
	file members
	kind func(*Desk) speaker
	speaker
}

func (r *runner) open() error {
	options := r.file["options"]
	if options == nil {
		options = members{}
	}
	var made DeskOptions
	if err := assign(copied(options), reflect.ValueOf(&made).Elem(), "", ""); err != nil {
		return err
	}
	desk, err := Open(r.path, &OpenOptions{Options: &made, SaltSeed: []byte("tocsin conformance seed")})
	if err == nil {
		r.desk, r.speaker = desk, r.kind(desk)
	}
	return err
}

func (r *runner) reopen() error {
	if r.path == "" {
		return nil
	}
	before, err := r.desk.Head(context.Background())
	if err != nil {
		return err
	}
	if err = errors.Join(r.desk.Close(), r.open()); err != nil {
		return err
	}
	after, err := r.desk.Head(context.Background())
	if err == nil && after != before {
		err = errors.New("the desk, closed and opened again, has another head")
	}
	return err
}

func (r *runner) answer(step members) ([]byte, error) {
	ctx := context.Background()
	if commands, ok := step["execute"]; ok {
		return r.executeParsed(step, commands)
	}
	if text, ok := step["execute_text"]; ok {
		return r.desk.ExecuteJSON(ctx, []byte(textOf(text)), optionsOf(step)...)
	}
	if text, ok := step["execute_hex"]; ok {
		bytes, err := hex.DecodeString(text.(string))
		if err != nil {
			return nil, err
		}
		return r.desk.ExecuteJSON(ctx, bytes, optionsOf(step)...)
	}
	if question, ok := step["query"]; ok {
		return r.query(question)
	}
	if sequence, ok := step["entry"]; ok {
		return r.entry(uint64(whole(sequence)))
	}
	if consumer, ok := step["effects"]; ok {
		most := 100
		if max, ok := step["max"]; ok {
			most = whole(max)
		}
		text, err := r.effects(consumer.(string), most)
		if err != nil || step["acknowledge"] != true {
			return text, err
		}
		var taken []struct {
			ID uint64 `json:"id"`
		}
		if err := Unmarshal(text, &taken); err != nil {
			return nil, err
		}
		return text, r.desk.AcknowledgeEffects(ctx, consumer.(string), taken[len(taken)-1].ID)
	}
	if now, ok := step["advance"]; ok {
		options := []Option{}
		if step["allow_leap"] == true {
			options = append(options, AllowLeap())
		}
		if limit, ok := step["limit"]; ok {
			options = append(options, Limit(uint64(whole(limit))))
		}
		done, err := r.desk.Advance(ctx, instantIn(now), options...)
		return asText(done, err)
	}
	return nil, errors.New("the step does nothing that is known")
}

func checkRefusal(expected members, found *Error) error {
	if found.Status != expected["status"] || found.Reason != expected["reason"] {
		return fmt.Errorf("expected %s %s, found %s %s: %s", expected["status"], expected["reason"], found.Status, found.Reason, found.Message)
	}
	if !errors.Is(found, status(found.Status)) {
		return fmt.Errorf("errors.Is does not know %s", found.Status)
	}
	text, err := Marshal(found.Detail)
	if err != nil {
		return err
	}
	tree, _ := parse(text)
	detail := tree.(members)
	for _, member := range []string{"path", "index"} {
		if value, ok := expected[member]; ok {
			if wrong := difference(value, detail[member], "/"+member); wrong != "" {
				return errors.New(wrong)
			}
		}
	}
	wanted, ok := expected["unmet"].([]any)
	if !ok {
		return nil
	}
	unmet, _ := detail["unmet"].([]any)
	parts := make([]any, len(wanted))
	for i, part := range wanted {
		parts[i] = members{"$contains": part}
	}
	if unmet == nil {
		unmet = []any{}
	}
	if wrong := difference(parts, unmet, "/unmet"); wrong != "" {
		return errors.New(wrong)
	}
	return nil
}

func (r *runner) take(step members) error {
	ctx := context.Background()
	if due, ok := step["next_due"]; ok {
		found, err := r.desk.NextDue(ctx)
		if err != nil {
			return err
		}
		var wanted time.Time
		if due != nil {
			wanted = instantIn(due)
		}
		if !found.Equal(wanted) {
			return fmt.Errorf("next due: expected %v, found %v", wanted, found)
		}
		return nil
	}
	before, err := r.desk.Head(ctx)
	if err != nil {
		return err
	}
	if head, ok := step["head"].(members); ok {
		if before.Sequence != uint64(whole(head["sequence"])) {
			return fmt.Errorf("the head: expected %v, found %d", head["sequence"], before.Sequence)
		}
		return nil
	}
	if _, ok := step["reopen"]; ok {
		return r.reopen()
	}
	text, err := r.answer(step)
	after, problem := r.desk.Head(ctx)
	if problem != nil {
		return problem
	}
	expected, refused := step["refused"].(members)
	if err != nil {
		var refusal *Error
		if !errors.As(err, &refusal) || !refused {
			return err
		}
		var fired uint64
		if count, ok := expected["fired"]; ok {
			fired = uint64(whole(count))
		}
		if after.Sequence != before.Sequence+fired || (fired == 0 && after != before) {
			return errors.New("the head after the refusal is another")
		}
		return checkRefusal(expected, refusal)
	}
	if refused {
		return fmt.Errorf("it is accepted, and answers %s", text)
	}
	if step["dry_run"] == true && after != before {
		return errors.New("the head after the dry run is another")
	}
	if wanted, ok := step["expect"]; ok {
		found, err := parse(text)
		if err != nil {
			return err
		}
		if wrong := difference(wanted, found, ""); wrong != "" {
			return errors.New(wrong)
		}
	}
	return nil
}

func (r *runner) run(t *testing.T) {
	if err := r.open(); err != nil {
		t.Fatal(err)
	}
	defer func() { r.desk.Close() }()
	if given, ok := r.file["given"].(string); ok {
		for _, command := range readTree(t, filepath.Join(conformance, "given", given+".json")).([]any) {
			if _, err := r.executeParsed(members{}, command); err != nil {
				t.Fatalf("given %s: %v", shown(command), err)
			}
		}
	}
	for i, step := range r.file["steps"].([]any) {
		if err := r.take(expanded(step).(members)); err != nil {
			t.Fatalf("step %d %.160s\n  %v", i, shown(step), err)
		}
	}
	if _, err := r.desk.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := r.reopen(); err != nil {
		t.Fatal(err)
	}
}

func TestConformance(t *testing.T) {
	speakers := map[string]func(*Desk) speaker{
		"text": func(d *Desk) speaker { return textSpeaker{d} },
		"go":   func(d *Desk) speaker { return goSpeaker{textSpeaker{d}} },
	}
	t.Cleanup(func() {
		if byStruct.Load() < 9*byDocument.Load() {
			t.Errorf("structs said %d documents, and could not say %d", byStruct.Load(), byDocument.Load())
		}
	})
	count := 0
	for _, part := range []string{"cases", "peers"} {
		files, err := filepath.Glob(filepath.Join(conformance, part, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		count += len(files)
		for _, path := range files {
			file := readTree(t, path).(members)
			inFile := strings.Contains(shown(file["steps"]), `"reopen"`)
			for name, kind := range speakers {
				t.Run(filepath.Base(path)+"/"+name, func(t *testing.T) {
					t.Parallel()
					made := &runner{file: file, kind: kind}
					if inFile {
						made.path = filepath.Join(t.TempDir(), "conformance.desk")
					}
					made.run(t)
				})
			}
		}
	}
	if count < 200 {
		t.Fatalf("only %d cases were found", count)
	}
}
