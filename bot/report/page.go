package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed report.html
var files embed.FS

// HTML writes a report as one page that prints on A4 and needs nothing else.
func (r Report) HTML(out io.Writer) error { return r.render(out, "page") }

// Body writes what a page of somebody else holds of the report: sections that
// begin at the second level of headings.
func (r Report) Body(out io.Writer) error { return r.render(out, "body") }

func (r Report) render(out io.Writer, block string) error {
	funcs := template.FuncMap{
		"t": r.words, "show": r.show, "note": r.note, "title": r.title, "heading": r.heading, "draw": r.draw,
	}
	t, err := template.New("report.html").Funcs(funcs).ParseFS(files, "report.html")
	if err != nil {
		return fmt.Errorf("the page of the report: %w", err)
	}
	return t.ExecuteTemplate(out, block, r)
}
