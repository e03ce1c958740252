//go:build ignore

// A desk that runs: timers fire when they are due, pages go out as they come, an acknowledgement ends it. Patience is a
// second here, so that it is soon over.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"tocsin.example/tocsin"
)

func person(key string) []tocsin.EscalationPolicyStepsTargets {
	return []tocsin.EscalationPolicyStepsTargets{{Kind: "person", Key: key}}
}

func run(ctx context.Context) error {
	desk, err := tocsin.Open("", &tocsin.OpenOptions{Clock: time.Now})
	if err != nil {
		return err
	}
	defer desk.Close()
	_, err = desk.Publish(ctx, tocsin.Publish{
		People: []tocsin.Person{{Key: "ana", Name: "Ana"}, {Key: "ben", Name: "Ben"}},
		EscalationPolicies: []tocsin.EscalationPolicy{{
			Key: "night",
			Steps: []tocsin.EscalationPolicySteps{
				{Targets: person("ana"), Delay: tocsin.Ptr(time.Second)},
				{Targets: person("ben"), Delay: tocsin.Ptr(5 * time.Minute)},
			},
		}},
	})
	if err != nil {
		return err
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	timers := make(chan error, 1)
	go func() { timers <- desk.RunTimers(ctx) }()

	logged, err := desk.LogIncident(ctx, tocsin.LogIncident{Title: "Mail is down", Severity: "sev1"})
	if err != nil {
		return err
	}
	number := logged.Record.Number
	if _, err := desk.StartEscalation(ctx, tocsin.StartEscalation{Incident: number, Policy: "night"}); err != nil {
		return err
	}

	// What a host does with an effect: here a person answers it, Ben at once, Ana not at all.
	for effect, err := range desk.FollowEffects(ctx, "pager") {
		if err != nil {
			return err
		}
		var page tocsin.Page
		if effect.Decode(&page) != nil {
			continue // another kind of effect
		}
		fmt.Println(effect.ScheduledAt.Format(time.RFC3339), effect.Effect, page.Person)
		if page.Person == "ben" {
			if _, err := desk.AcknowledgePage(ctx, tocsin.AcknowledgePage{Incident: number, Actor: "ben"}); err != nil {
				return err
			}
			stop()
		}
	}
	if err := <-timers; !errors.Is(err, context.Canceled) {
		return err
	}
	record, err := desk.Get(context.Background(), tocsin.Get{Incident: number})
	if err == nil && record.AcknowledgedBy != "ben" {
		err = errors.New("Ben did not acknowledge it")
	}
	return err
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}
