//go:build ignore

// A workflow of one's own, published from structs, and an incident driven through it, past a guard that says no.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"tocsin.example/tocsin"
)

var (
	at       = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	repaired = at.Add(2 * time.Hour)
)

// A fault in a lift: nobody closes it before it was inspected, and it is taken back if it breaks within a month.
var workflow = tocsin.Workflow{
	Key:  "lift",
	Name: "Fault in a lift",
	States: []tocsin.WorkflowStates{
		{Name: "reported", Kind: "new", Initial: tocsin.Ptr(true)},
		{Name: "under_repair", Kind: "in_progress"},
		{Name: "repaired", Kind: "resolved"},
		{Name: "closed", Kind: "closed"},
		{Name: "withdrawn", Kind: "cancelled"},
	},
	Transitions: []tocsin.WorkflowTransitions{
		{Verb: "begin_work", From: []string{"reported"}, To: "under_repair"},
		{Verb: "resolve", From: []string{"under_repair"}, To: "repaired", Guards: []tocsin.WorkflowTransitionsGuards{
			{Condition: map[string]any{"var": "custom.inspected"}, Says: "the lift has been inspected"},
		}},
		{Verb: "close", From: []string{"repaired"}, To: "closed"},
		{Verb: "reopen", From: []string{"repaired"}, To: "under_repair"},
		{Verb: "cancel", From: []string{"reported"}, To: "withdrawn"},
	},
	ResolutionCodes: []string{"repaired", "replaced"},
	ReopenWindow:    tocsin.Ptr(30 * 24 * time.Hour),
}

func run(ctx context.Context) error {
	desk, err := tocsin.Open("", nil)
	if err != nil {
		return err
	}
	defer desk.Close()
	_, err = desk.Publish(ctx, tocsin.Publish{
		At:           at,
		People:       []tocsin.Person{{Key: "tom", Name: "Tom"}},
		CustomFields: []tocsin.CustomField{{Key: "inspected", Name: "Inspected", Kind: "boolean", Types: []string{"lift_fault"}}},
		Workflows:    []tocsin.Workflow{workflow},
		RecordTypes:  []tocsin.RecordType{{Key: "lift_fault", Name: "Lift", Base: "incident", NumberPrefix: "LFT", Workflow: "lift"}},
	})
	if err != nil {
		return err
	}
	logged, err := desk.LogIncident(ctx, tocsin.LogIncident{Type: "lift_fault", Title: "Lift 2 stands still", At: at})
	if err != nil {
		return err
	}
	number := logged.Record.Number
	if _, err := desk.BeginWork(ctx, tocsin.BeginWork{Incident: number, Actor: "tom", At: at.Add(20 * time.Minute)}); err != nil {
		return err
	}

	resolve := tocsin.ResolveIncident{Incident: number, Actor: "tom", Code: "repaired", Notes: "New fuse", At: repaired}
	_, err = desk.ResolveIncident(ctx, resolve)
	var refusal *tocsin.Error
	if !errors.Is(err, tocsin.ErrFailedPrecondition) || !errors.As(err, &refusal) {
		return fmt.Errorf("it was not inspected, but: %w", err)
	}
	fmt.Println("Not yet:", refusal.Message, refusal.Detail["unmet"])

	inspected := tocsin.SetCustomFields{Incident: number, Actor: "tom", Custom: map[string]any{"inspected": true}, At: repaired}
	if _, err := desk.SetCustomFields(ctx, inspected); err != nil {
		return err
	}
	if _, err := desk.ResolveIncident(ctx, resolve); err != nil {
		return err
	}
	record, err := desk.Get(ctx, tocsin.Get{Incident: number})
	if err != nil {
		return err
	}
	fmt.Println(number, "is", record.State, "since", record.ResolvedAt.Format(time.RFC3339))
	if record.State != "repaired" {
		return errors.New("it is not repaired")
	}
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
