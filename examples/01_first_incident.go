//go:build ignore

// A desk in memory, one incident: the program of the main README, for Go.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"tocsin.example/tocsin"
)

func main() {
	desk, err := tocsin.Open("", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer desk.Close()
	logged, err := desk.LogIncident(context.Background(), tocsin.LogIncident{
		Title: "VPN is down", Impact: "high", Urgency: "high",
		At: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(logged.Record.Number, logged.Events[0].Event)
}
