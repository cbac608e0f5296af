package desk

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"doudou/bot"
	"doudou/locales"
)

//go:embed templates/*.html static/*
var assets embed.FS

// pages are the parsed templates, and the names under which browsers keep our
// files for good.
type pages struct {
	byName map[string]*template.Template
	assets map[string]string // file -> address with its fingerprint
	files  map[string]string // file -> where it is in assets
}

// readPages parses every page with the layout and the parts that pages share.
func readPages() (*pages, error) {
	p := &pages{byName: map[string]*template.Template{}, assets: map[string]string{}, files: map[string]string{}}
	if err := p.fingerprint(); err != nil {
		return nil, err
	}
	names, err := fs.Glob(assets, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		base := strings.TrimSuffix(path.Base(name), ".html")
		t := template.New(base).Option("missingkey=error").Funcs(template.FuncMap{"asset": p.asset, "of": of, "case": caseOf, "market": marketOf, "next": next, "sides": sidesOf, "letters": letters})
		if p.byName[base], err = t.ParseFS(assets, "templates/layout.html", "templates/parts.html", name); err != nil {
			return nil, fmt.Errorf("desk: %w", err)
		}
	}
	return p, nil
}

func (p *pages) fingerprint() error {
	return fs.WalkDir(assets, "static", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := fs.ReadFile(assets, name)
		sum := sha256.Sum256(content)
		p.files[path.Base(name)] = name
		p.assets[path.Base(name)] = "/static/" + path.Base(name) + "?v=" + hex.EncodeToString(sum[:6])
		return err
	})
}

func (p *pages) asset(file string) (string, error) {
	if a, ok := p.assets[file]; ok {
		return a, nil
	}
	return "", fmt.Errorf("there is no file %s", file)
}

// of gives a shared part its own data and the page's language.
func of(p *page, data any) *page {
	c := *p
	c.Data = data
	return &c
}

// A caseRow is what the part that shows a row of a list is given.
type caseRow struct {
	Page *page
	Row  row
}

func caseOf(p *page, r row) caseRow { return caseRow{p, r} }

// next is the place of something in a list as people count.
func next(i int) int { return i + 1 }

// static serves our files. With their fingerprint browsers may keep them; fonts
// they may keep always, as one never changes under its name.
func (d *desk) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	address, ok := d.pages.assets[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if strings.HasSuffix(address, "?"+r.URL.RawQuery) || strings.HasSuffix(name, ".woff2") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeFileFS(w, r, assets, d.pages.files[name])
}

// A page is what every template is given.
type page struct {
	Lang   string
	Title  string // text id
	Flash  string // text id, "" for none
	Path   string
	Agent  bot.Agent
	Data   any
	texts  *locales.Catalog
	Tab    string // of the navigation
	Try    bool   // the try-it phone is there
	Learn  bool   // the agent may say what was not understood
	Dates  bool   // there is a calendar
	Cries  bool   // the agent may read what was said to many
	Free   bool   // free places are counted
	People bool   // the agent may answer for what is kept of somebody
	Daily  []menuItem
	House  []menuItem

	Outage *stamp // since when e-mail to staff does not leave; nil while it does
}

// T writes a text of the desk. Arguments are pairs of a name and a value; a
// number is written as one, and "n" rules the plural.
func (p *page) T(key string, args ...any) (string, error) {
	return write(p.texts, p.Lang, key, args...)
}

// Signed tells whether somebody is signed in.
func (p *page) Signed() bool { return p.Agent.Login != "" }

// Writes tells whether the agent may do more than read.
func (p *page) Writes() bool { return writes(p.Agent) }

// Manages tells whether the agent may invite others.
func (p *page) Manages() bool { return p.Agent.Role == bot.RoleManager }

// Keeping tells whether the page is one of those by which a manager keeps house.
func (p *page) Keeping() bool {
	return slices.ContainsFunc(p.House, func(m menuItem) bool { return m.Tab == p.Tab })
}

// Other is the other language of the desk.
func (p *page) Other() string {
	if p.Lang == "fr" {
		return "en"
	}
	return "fr"
}

func write(c *locales.Catalog, lang, key string, args ...any) (string, error) {
	line := locales.Line{Key: key, Args: map[string]locales.Arg{}}
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return "", fmt.Errorf("desk: %s: arguments come in pairs of a name and a value", key)
		}
		if _, number := args[i+1].(int); number && name == "n" {
			line.Count = "n"
		}
		line.Args[name] = argument(args[i+1])
	}
	return c.Text(lang, locales.Style{}, line, nil)
}

func argument(v any) locales.Arg {
	if _, number := v.(int); number {
		return locales.Arg{Kind: "count", Text: fmt.Sprint(v)}
	}
	return locales.Arg{Kind: "text", Text: fmt.Sprint(v)}
}

// show answers with a page, written whole before the first byte leaves: a page
// that fails half-way is an error, not half a page.
func (d *desk) show(v *visit, status int, name string, p page) error {
	p.Lang, p.Agent, p.Path, p.texts = v.lang, v.agent, v.r.URL.Path, d.texts
	p.Try, p.Learn = d.Rehearse != nil, d.teaches(v.agent)
	if p.Signed() {
		p.Daily, p.House = d.menu(v.agent)
	}
	p.Dates, p.Free, p.Cries = d.Calendar != nil, d.Meetings != nil, d.broadcasting() && d.hosts(v.agent)
	p.Outage = d.outage(v)
	p.People = d.People != nil && v.agent.Role == bot.RoleManager
	return d.execute(v, status, name, "layout", &p)
}

// part answers with one block of a page.
func (d *desk) part(v *visit, name, block string, data any) error {
	p := page{Lang: v.lang, Agent: v.agent, Path: v.r.URL.Path, texts: d.texts, Data: data}
	return d.execute(v, http.StatusOK, name, block, &p)
}

func (d *desk) execute(v *visit, status int, name, block string, p *page) error {
	t := d.pages.byName[name]
	if t == nil {
		return fmt.Errorf("desk: there is no page %q", name)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, block, p); err != nil {
		return fmt.Errorf("desk: page %s: %w", name, err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, err := out.WriteTo(v.w)
	if err != nil {
		d.Log.Debug("a browser left before its page came", "page", name)
	}
	return nil
}
