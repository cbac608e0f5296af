package nlu

import (
	"slices"
	"strings"
	"testing"
)

// TestSubjects reads what exactly is asked inside an intent.
func TestSubjects(t *testing.T) {
	for _, c := range []struct{ text, intent, subject string }{
		{"c'est quoi la période d'essai avec la nounou", "childminder_contract", "trial"},
		{"mon bébé est allergique, il faut un PAI ?", "disability_inclusion", "allergy"},
		{"différence entre crèche et halte-garderie", "creche_options", "difference"},
		{"je cherche une nounou", "childminder_find", general},
		{"j'ai besoin d'une place en crèche", "creche_register", general},
		{"combien coûte la crèche", "creche_cost", general},
		{"am I too early to register, I'm pregnant", "creche_register", "when"},
		{"هل يمكن للحاضنة إعطاء دواء", "childminder_contract", "medicine"},
		{"mot de passe monenfant nsito", "childminder_availability", "login"},
		{"bakıcı tatile çıkıyor", "childminder_contract", "holidays"},
		{"quanto de aviso prévio", "childminder_end_contract", "notice"},
		{"fără acte pot să merg la pmi", "pmi_health", "undocumented"},
		{"mi suegra cuida a mi hijo puedo declararla", "home_care", "family"},
		{"குழந்தைக்கு ஒவ்வாமை க்ரெஷ் ஏற்குமா", "disability_inclusion", "allergy"},
		{"托儿所和保姆哪个更便宜", "childminder_cost", "compare"},
		{"বাচ্চার ওজন মাপতে চাই", "pmi_health", "weighing"},
		{"mon mari me tape", "urgent_danger", general},
	} {
		if r := model(t).Read(c.text, Context{}); r.Intent != c.intent || r.Subject != c.subject {
			t.Errorf("%q is read as %s/%s, not %s/%s", c.text, r.Intent, r.Subject, c.intent, c.subject)
		}
	}
}

// TestSubjectFile checks that every subject has phrases in all languages.
func TestSubjectFile(t *testing.T) {
	all, err := readPhrases(files)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, p := range all {
		have[p.Intent+"/"+p.Subject+" "+p.Lang] = true
	}
	subjects := model(t).Subjects()
	if len(subjects) != 52 || !slices.IsSorted(subjects) {
		t.Errorf("%d subjects instead of 52, or not sorted: %v", len(subjects), subjects)
	}
	for _, s := range subjects {
		for _, lang := range []string{"fr", "en", "ar", "ar-latn", "tr", "pt", "ro", "es", "ta", "zh", "bn"} {
			if !have[s+" "+lang] {
				t.Errorf("%s has no phrase in %q", s, lang)
			}
		}
		if intent, _, _ := strings.Cut(s, "/"); !slices.Contains(model(t).Intents(), intent) {
			t.Errorf("%s is of no intent", s)
		}
	}
}

// TestSubjectsHeldOut trains on four phrases in five and reads the fifth. What
// is asked in general must not be answered beside the point.
func TestSubjectsHeldOut(t *testing.T) {
	m, unseen := keptApart(t)
	var exact, right, wrong, plain, kept int
	for _, p := range unseen {
		r := m.Read(p.Text, Context{Audience: p.Audience})
		if r.Intent != p.Intent || m.classifier.branches[p.Intent] == nil {
			continue
		}
		exact += one(p.Subject != general)
		right += one(p.Subject != general && r.Subject == p.Subject)
		wrong += one(r.Subject != general && r.Subject != p.Subject)
		plain += one(p.Subject == general)
		kept += one(p.Subject == general && r.Subject == general)
	}
	t.Logf("of %d exact questions %d are known as such; of %d general ones %d stay general; %d answered beside the point", exact, right, plain, kept, wrong)
	if percent(right, exact) < 92 || percent(kept, plain) < 92 || percent(wrong, exact+plain) > 4 {
		t.Errorf("subjects: right %.1f %%, general %.1f %%, wrong %.1f %%", percent(right, exact), percent(kept, plain), percent(wrong, exact+plain))
	}
}
