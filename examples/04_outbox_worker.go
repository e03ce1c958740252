//go:build ignore

// A worker that sends what lies in the outbox, is stopped in the middle, and sends nothing twice and nothing never: the
// cursor of a consumer is in the desk's file, and the ID of an effect tells the receiver what it has already.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tocsin.example/tocsin"
)

var errLost = errors.New("the answer of the mail server was lost")

// A mail server takes a message once: what comes again under the same ID, it has already.
type mailServer struct {
	received []uint64
	calls    int
}

func (m *mailServer) send(effect tocsin.Effect) error {
	if !slices.Contains(m.received, effect.ID) {
		m.received = append(m.received, effect.ID)
	}
	if m.calls++; m.calls == 2 {
		return errLost
	}
	return nil
}

func work(ctx context.Context, path string, server *mailServer) error {
	desk, err := tocsin.Open(path, nil)
	if err != nil {
		return err
	}
	defer desk.Close()
	for effect, err := range desk.Effects(ctx, "mailer") {
		if err != nil {
			return err
		}
		if err := server.send(effect); err != nil {
			return err // this effect comes again
		}
	}
	return nil
}

// fill logs incidents, and says which messages they come to.
func fill(ctx context.Context, path string) ([]uint64, error) {
	desk, err := tocsin.Open(path, nil)
	if err != nil {
		return nil, err
	}
	defer desk.Close()
	commands := []tocsin.Command{tocsin.Publish{People: []tocsin.Person{{Key: "ana", Name: "Ana"}, {Key: "ben", Name: "Ben"}}}}
	for i, title := range []string{"VPN is down", "Mail is slow", "Printer jams"} {
		commands = append(commands, tocsin.LogIncident{Title: title, Caller: "ben"}, tocsin.AssignIncident{Incident: i + 1, Assignee: "ana"})
	}
	if _, err := desk.ExecuteAll(ctx, commands, tocsin.At(time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))); err != nil {
		return nil, err
	}
	effects, err := desk.TakeEffects(ctx, "a look without acknowledging", 100)
	var ids []uint64
	for _, effect := range effects {
		ids = append(ids, effect.ID)
	}
	return ids, err
}

func run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "tocsin-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "support.desk")
	expected, err := fill(ctx, path)
	if err != nil {
		return err
	}

	var server mailServer
	if err := work(ctx, path, &server); !errors.Is(err, errLost) {
		return err
	}
	if err := work(ctx, path, &server); err != nil {
		return err
	}
	fmt.Println(len(server.received), "messages in", server.calls, "calls")
	if !slices.Equal(server.received, expected) || server.calls != len(expected)+1 {
		return fmt.Errorf("expected %v, received %v", expected, server.received)
	}
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
