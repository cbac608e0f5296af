package main

import (
	"fmt"
	"os"

	"doudou/knowledge"
)

// The towns that are in the program itself.
const (
	demoTown   = "demo"
	epinayTown = "epinay"
)

// townName says which town is answered for. Without a setting somebody is
// trying Doudou, unless families can already write.
func (c config) townName() string {
	switch {
	case c.town != "":
		return c.town
	case c.telegram() || c.sms():
		return epinayTown
	}
	return demoTown
}

// isTown refuses a town that is neither known nor a folder.
func isTown(name string) error {
	if name == "" || name == demoTown || name == epinayTown {
		return nil
	}
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return fmt.Errorf("DOUDOU_TOWN: %q is neither demo, epinay nor a folder", name)
	}
	return nil
}

// readTown reads what is known of a town.
func readTown(name string) (*knowledge.Knowledge, error) {
	switch name {
	case demoTown:
		return knowledge.Demo()
	case epinayTown:
		return knowledge.Default()
	}
	if err := isTown(name); err != nil {
		return nil, err
	}
	k, err := knowledge.Overlay(os.DirFS(name))
	if err != nil {
		return nil, fmt.Errorf("DOUDOU_TOWN %s: %w", name, err)
	}
	return k, nil
}

// settings returns what the environment says, for a command that opens no
// channel: a wrong setting of a channel is none of its business.
func (p *program) settings() config {
	c, _ := readConfig(p.getenv)
	return c
}

// openTown reads the town that is answered for.
func (p *program) openTown() (*knowledge.Knowledge, error) {
	return readTown(p.settings().townName())
}

// openTowns reads all towns that could be answered for: those of the program,
// and the folder that is set.
func (p *program) openTowns() ([]*knowledge.Knowledge, error) {
	names := []string{epinayTown, demoTown}
	if set := p.settings().townName(); set != epinayTown && set != demoTown {
		names = append(names, set)
	}
	var towns []*knowledge.Knowledge
	for _, name := range names {
		k, err := readTown(name)
		if err != nil {
			return nil, err
		}
		towns = append(towns, k)
	}
	return towns, nil
}
