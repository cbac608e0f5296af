package main

import (
	_ "embed"
	"html/template"
	"net/http"

	"doudou/bot"
)

//go:embed demo.html
var demoHTML string

// A demoPage is one page or state on show: who sees it, what it is, where.
type demoPage struct {
	As    string // login; "" for anybody
	Name  string
	Scene string // of demoFamilies; "" when Path says it all
	Path  string // behind the address of the scene
}

// demoPages lists every page and every state of it.
func demoPages() []demoPage {
	return []demoPage{
		{"", "Le téléphone d’essai", "", "/try"},
		{"", "Connexion", "", "/desk/sign-in"},
		{"", "Le calendrier public (iCalendar)", "", "/calendar.ics"},

		{"awa", "À prendre", "", "/desk/"},
		{"awa", "À moi", "", "/desk/?tab=mine"},
		{"awa", "En attente de la famille", "", "/desk/?tab=waiting"},
		{"awa", "Fermées", "", "/desk/?tab=closed"},
		{"awa", "Chercher une demande", "", "/desk/?q=tamoul"},
		{"awa", "Chercher, et ne rien trouver", "", "/desk/?q=girafe"},
		{"awa", "Demande urgente, à prendre", "urgent", ""},
		{"awa", "Demande en tamoul", "tamoul", ""},
		{"awa", "Demande en arabe, que je tiens, avec une note", "arabe", ""},
		{"awa", "Demande par SMS, en attente de la famille", "attente", ""},
		{"awa", "Demande en anglais, par SMS", "anglais", ""},
		{"awa", "Demande en turc", "turc", ""},
		{"awa", "Demande en bengali", "bengali", ""},
		{"awa", "Demande en chinois", "chinois", ""},
		{"awa", "Demande en portugais", "portugais", ""},
		{"awa", "Demande en roumain", "roumain", ""},
		{"awa", "Demande en espagnol", "espagnol", ""},
		{"awa", "Messages difficiles à montrer", "bizarre", ""},
		{"awa", "Demande fermée", "fermee", ""},
		{"awa", "Demande d’une autre institution : introuvable", "pmi", ""},
		{"awa", "Passer à une autre équipe", "tamoul", "/transfer"},
		{"awa", "Passer à une autre équipe, ce que la famille lira", "arabe", "/transfer?team=pmi&consent=yes"},
		{"awa", "Choisir une réponse", "tamoul", "/answers"},
		{"awa", "Une réponse, en tamoul à côté du français", "tamoul", "/answers/reply.appointment"},
		{"awa", "La fiche d’appel", "arabe", "/call"},
		{"awa", "Fiche à imprimer", "arabe", "/sheet"},
		{"awa", "Mon compte", "", "/desk/me"},
		{"awa", "Le second facteur", "", "/desk/me/second"},
		{"awa", "Les dates", "", "/desk/events"},
		{"awa", "Nouvelle date", "", "/desk/events/new"},
		{"awa", "Importer des dates", "", "/desk/events/import"},
		{"awa", "Une date", "date", ""},
		{"awa", "Modifier une date", "date", "/edit"},
		{"awa", "Annuler une date", "date", "/cancel"},
		{"awa", "La liste des inscrits à imprimer", "date", "/roll"},
		{"awa", "La journée de rencontres", "jour", ""},
		{"awa", "Refaire la suite du plan", "jour", "/again"},
		{"awa", "Papiers de la journée : les vagues", "jour", "/print/waves"},
		{"awa", "Papiers de la journée : les tables", "jour", "/print/tables"},
		{"awa", "Papiers de la journée : les passages", "jour", "/print/rotations"},
		{"awa", "Messages à tous", "", "/desk/broadcasts"},
		{"awa", "Nouveau message à tous", "", "/desk/broadcasts/new"},
		{"awa", "Places libres", "", "/desk/places"},
		{"awa", "Page qui n’existe pas", "", "/desk/nulle-part"},

		{"nora", "Une demande, en lecture seule", "tamoul", ""},
		{"nora", "Les dates, en lecture seule", "", "/desk/events"},

		{"paul", "Les demandes de la PMI et du SAM", "", "/desk/"},
		{"paul", "Les dates, vues d’une autre institution", "", "/desk/events"},

		{"ines", "Le bilan", "", "/desk/report"},
		{"ines", "Ce que coûtent les SMS", "", "/desk/spend"},
		{"ines", "Les données d’une personne", "", "/desk/people"},
		{"ines", "Questions non comprises", "", "/desk/learn"},
		{"ines", "Le contenu à revoir", "", "/desk/content"},
		{"ines", "Les agents", "", "/desk/agents"},
		{"ines", "Un agent", "", "/desk/agents/awa"},
		{"ines", "Le journal", "", "/desk/journal"},

		{"karim", "Les demandes de la Caf", "", "/desk/"},
		{"karim", "Un calcul, passé à la Caf", "caf", ""},
		{"karim", "Liste vide", "", "/desk/?tab=mine"},
	}
}

// A demoRole is somebody who may enter, and what they see.
type demoRole struct {
	Login, Name string
	Role        bot.Role
	Teams       []string
	Pages       []demoLink
}

type demoLink struct{ Name, Path string }

// doors puts the index of the demonstration before the pages.
func (s *stage) doors(pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/demo", http.StatusSeeOther) })
	mux.HandleFunc("GET /demo", s.index)
	mux.Handle("POST /demo/enter", http.NewCrossOriginProtection().Handler(http.HandlerFunc(s.enter)))
	return mux
}

// index lists every page and state.
func (s *stage) index(w http.ResponseWriter, _ *http.Request) {
	t, err := template.New("demo").Parse(demoHTML)
	if err == nil {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		err = t.Execute(w, struct {
			Open  []demoLink
			Roles []demoRole
		}{s.links(""), s.roles()})
	}
	if err != nil {
		s.log.Error("the index of the demonstration cannot be shown", "error", err)
	}
}

func (s *stage) roles() []demoRole {
	var list []demoRole
	for _, a := range demoAgents() {
		list = append(list, demoRole{a.Login, a.Name, a.Role, a.Teams, s.links(a.Login)})
	}
	return list
}

// links are the pages on show for somebody.
func (s *stage) links(login string) []demoLink {
	var list []demoLink
	for _, p := range demoPages() {
		if p.As == login {
			list = append(list, demoLink{p.Name, s.scenes[p.Scene] + p.Path})
		}
	}
	return list
}

// enter makes a one-time link for somebody of the staff and leads there.
func (s *stage) enter(w http.ResponseWriter, r *http.Request) {
	a := s.agent(r.PostFormValue("as"))
	if a.Login == "" {
		http.Error(w, "there is nobody of that name", http.StatusNotFound)
		return
	}
	token, err := invite(r.Context(), s.store, a.Login, s.p.now())
	if err != nil {
		s.log.Error("no link could be made", "error", err)
		http.Error(w, "no link could be made; try again", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/desk/sign-in?token="+token, http.StatusSeeOther)
}
