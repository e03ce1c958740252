//go:build ignore

// A backup while the desk goes on, a standby that follows by entries, and a failover to it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"tocsin.example/tocsin"
)

var at = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// follow is what goes over a wire: the standby says where it is, the leader sends bytes, the standby takes them up.
func follow(ctx context.Context, standby, leader *tocsin.Desk, anchor tocsin.Head) error {
	for {
		own, err := standby.Head(ctx)
		if err != nil || own == anchor {
			return err
		}
		entries, err := leader.ReadEntries(ctx, own.Sequence+1, 4096)
		if err != nil {
			return err
		}
		applied, err := standby.ApplyEntries(ctx, entries)
		if err != nil {
			return err
		}
		fmt.Println(len(entries), "bytes from entry", own.Sequence+1, "on:", applied, "entries")
	}
}

func run(ctx context.Context, folder string) error {
	leader, err := tocsin.Open(filepath.Join(folder, "leader.desk"), nil)
	if err != nil {
		return err
	}
	defer leader.Close()
	standby, err := tocsin.Open(filepath.Join(folder, "standby.desk"), nil)
	if err != nil {
		return err
	}
	defer standby.Close()
	for i := range 10 {
		incident := tocsin.LogIncident{Title: fmt.Sprintf("Incident %d", i), At: at.Add(time.Duration(i) * time.Minute)}
		if _, err := leader.LogIncident(ctx, incident); err != nil {
			return err
		}
	}
	if err := leader.Backup(ctx, filepath.Join(folder, "monday.desk")); err != nil {
		return err
	}
	anchor, err := leader.Head(ctx)
	if err != nil {
		return err
	}
	if err := follow(ctx, standby, leader, anchor); err != nil {
		return err
	}
	leader.Close()

	// The standby becomes a desk of its own with its first command.
	fire := tocsin.LogIncident{Title: "The machine of the leader is on fire", At: at.Add(time.Hour)}
	if _, err := standby.LogIncident(ctx, fire); err != nil {
		return err
	}
	report, err := standby.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Println(report["entries"], "entries verified after the failover")

	backup, err := tocsin.Open(filepath.Join(folder, "monday.desk"), &tocsin.OpenOptions{ReadOnly: true, MustExist: true})
	if err != nil {
		return err
	}
	defer backup.Close()
	if head, err := backup.Head(ctx); err != nil || head != anchor {
		return errors.Join(err, errors.New("the backup has another head"))
	}
	rows, err := backup.Incidents(ctx, tocsin.Find{})
	if err != nil {
		return err
	}
	fmt.Println("the backup has", len(rows), "incidents")
	return nil
}

func main() {
	folder, err := os.MkdirTemp("", "tocsin-")
	if err == nil {
		err = run(context.Background(), folder)
	}
	os.RemoveAll(folder)
	if err != nil {
		log.Fatal(err)
	}
}
