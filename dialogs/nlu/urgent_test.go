package nlu

import "testing"

// TestUrgent holds what must never be missed, each with its card.
func TestUrgent(t *testing.T) {
	for _, c := range []struct{ text, card string }{
		{"mon bebe revient avec un bleu", "danger"},
		{"je crois que la nounou crie sur les petits", "danger"},
		{"il pleure tout le temps j'en peux plus", "baby"},
		{"jai peur de lui faire du mal", "baby"},
		{"mon mari me tape", "violence"},
		{"j'ai envie d'en finir", "despair"},
		{"un enfant a des marques je fais quoi", "danger"},
		{"je suis a bout, je dors plus", "exhausted"},
		{"je suis à bout de forces avec tous ces petits", "exhausted"},
		{"je suis a bout, je veux mourir", "despair"},
		{"i am burnt out and i can't sleep", "exhausted"},
		{"لم أعد أحتمل ولا أنام", "exhausted"},
		{"tükendim artık uyuyamıyorum", "exhausted"},
		{"estou esgotada, não durmo", "exhausted"},
		{"sunt epuizată, nu mai dorm", "exhausted"},
		{"estoy agotada y no puedo más", "exhausted"},
		{"我撑不住了", "exhausted"},
		{"আর পারছি না ঘুম হয় না", "exhausted"},
		{"நான் சோர்ந்துவிட்டேன் தூக்கமே இல்லை", "exhausted"},
		{"3yit w ma ba9itch n9der", "exhausted"},
		{"je suis a bout, il pleure tout le temps", "baby"},
		{"je vais le secouer", "baby"},
		{"il respire plus", "medical"},
		{"BEBE RESPIR PLUS !!!", "medical"},
		{"mon fils a avalé une pile", "medical"},
		{"il a 40 de fièvre et il convulse", "medical"},
		{"ma fille est tombée de la table à langer", "medical"},
		{"je suis morte de fatigue et mon mari me frappe", "violence"},
		{"la creche c combien ? mon ex me menace de mort", "violence"},
		{"on trouve plus ma fille", "danger"},
		{"my baby is not breathing", "medical"},
		{"my daughter ate washing powder", "medical"},
		{"my husband hits me", "violence"},
		{"i want to kill myself", "despair"},
		{"she came home with bruises on her arm", "danger"},
		{"زوجي يضربني", "violence"},
		{"طفلي لا يتنفس", "medical"},
		{"أريد أن أموت", "despair"},
		{"rajli kayderbni", "violence"},
		{"bghit nmout", "despair"},
		{"lbebe makaytnefesch", "medical"},
		{"eşim beni dövüyor", "violence"},
		{"bebegim nefes alamiyor", "medical"},
		{"ölmek istiyorum", "despair"},
		{"o meu marido bate-me", "violence"},
		{"o bebé engoliu uma pilha", "medical"},
		{"sotul meu ma bate", "violence"},
		{"copilul nu mai respira", "medical"},
		{"mi marido me pega", "violence"},
		{"mi bebe no respira", "medical"},
		{"என் கணவர் என்னை அடிக்கிறார்", "violence"},
		{"குழந்தை மூச்சு விடவில்லை", "medical"},
		{"老公打我", "violence"},
		{"宝宝没有呼吸", "medical"},
		{"我不想活了", "despair"},
		{"আমার স্বামী আমাকে মারে", "violence"},
		{"বাচ্চা শ্বাস নিচ্ছে না", "medical"},
		{"আমি মরতে চাই", "despair"},
		{"mon conjoint me serre la gorge quand il est enerve", "violence"},
		{"mon bb de 2 mois a 38,7 c grave ?", "medical"},
		{"la petite a léché le produit wc", "medical"},
		{"il suffoque", "medical"},
		{"je n'arrive plus à réveiller mon fils", "medical"},
		{"il a enfoncé la porte de mon appart", "violence"},
		{"on dort ds la voiture avec le bebe", "danger"},
		{"son pere la ramene pas il repond plus au tel", "danger"},
		{"my ex kidnapped my son", "danger"},
		{"lbebe sre9 chi haja w makaytneffesch", "medical"},
		{"kocam bıçakla tehdit ediyor", "violence"},
		{"amar baccha shas nite pare na", "medical"},
		{"husband adikiraru", "violence"},
		{"il m'a cassé le bras", "violence"}, {"la petite a mangé de la mort aux rats", "medical"}, {"my ex snatched my daughter", "danger"},
		{"she rolled off the bed and is floppy", "medical"}, {"me tomé todas las pastillas", "despair"}, {"am luat toate pastilele", "despair"},
		{"bebek sarardı emmiyor", "medical"}, {"老公把我和宝宝赶出来了", "violence"},
	} {
		// Urgency does not wait for the language, nor for the question that waits.
		for _, ctx := range []Context{{}, {Lang: "fr", Expect: Expect{Kind: "text"}}, {Lang: "zh", Expect: Expect{Kind: "count", Max: 12}}} {
			r := model(t).Read(c.text, ctx)
			if !r.Urgent || r.Card != c.card || r.Intent != cardIntents[c.card] || r.Zone != "answer" {
				t.Errorf("%q: urgent %t card %q intent %s %s, wanted card %q", c.text, r.Urgent, r.Card, r.Intent, r.Zone, c.card)
			}
			if r.Value != "" || r.Choice != "" || r.Global != "" || r.Skip {
				t.Errorf("%q is urgent, and taken for an answer too: %+v", c.text, r)
			}
		}
	}
}

// TestNotUrgent holds what only sounds urgent.
func TestNotUrgent(t *testing.T) {
	for _, text := range []string{
		"je suis morte de fatigue", "on arrive au bout du contrat", "le formulaire va jusqu'au bout", "il a eu de la fievre la semaine derniere", "il a eu 39 de fièvre la semaine dernière",
		"formation premiers secours", "mon fils tape les autres enfants", "mon fils mord les autres a la creche",
		"cours de secourisme bébé étouffement", "i am dead tired", "my son hits other kids", "first aid course for choking",
		"he had a fever last week", "yorgunluktan ölüyorum", "estoy muerta de cansancio", "estou morta de cansaço",
		"sunt moartă de oboseală", "累死了", "أنا ميتة من التعب", "mayta bl3ya", "c'est l'urgence j'ai besoin d'une garde demain",
		"urgence garde enfant demain", "mon bébé pleure à la crèche", "il pleure quand je le laisse chez la nounou",
		"le dossier bleu", "j'ai peur de pas avoir de place", "ma nounou est malade demain je travaille!!!",
		"mon fils a de la fievre elle le prend pas elle a le droit", "réunion sur les violences éducatives",
		"enfant allergique a l'arachide la creche le prend ?", "je me tue à la tâche", "quel vaccin pour la creche",
		"il m a dit de vous appeler", "elle peut lui donner du doliprane",
		"je trouve pas de nounou pour mon bb", "mon fils a perdu son doudou au parc", "je cherche une garde 40h par semaine pour un bébé de 2 mois",
		"je vais accoucher en mai comment faire pour la creche", "mon fils me tape que faire", "je suis enceinte et je dois faire une prise de sang",
		"ma mère garde mon fils sans être déclarée", "j'ai peur de lui donner des morceaux", "il est allergique au lait qu'est ce qu'il mange à la creche",
		"j'habite à la rue de Paris", "la famille me pousse à démissionner", "il se réveille plus la nuit",
		"je peux partir au bled avec mon bébé et garder ma place ?", "il a 39 de fièvre la nounou peut refuser", "i'm pregnant and moving to epinay",
		"the nursery costs too much", "找不到托儿所给宝宝", "我一个人在家带孩子",
		"孩子吃药了可以去吗", "randevuyu kaçırdım", "6 aylık bebeğim uyumuyor",
		"no puedo seguir pagando la guardería", "nu găsesc creșă pentru copil", "لا أعرف أين نذهب للتسجيل",
		"weldi kayderbni mli kayt3esseb",
		"j'ai mis mon bébé dehors pour la sieste", "can my husband take the kids home", "mon fils me tape", "la réforme nous étrangle",
		"il a 18 mois", "enceinte de 5 mois", "两个孩子", "I can't find a nursery for my son", "no encuentro niñera para mi hija", "ma l9itch nounou l benti",
		"怕把宝宝交给陌生人", "site-ul a căzut", "rajli khedam f lil w ana f sbah", "kızım için bakıcı bulamıyorum", "mon chien saigne de la patte",
		"我想学孩子噎住了怎么处理", "changer mon permis étranger", "ক্রেশের কাগজ হারিয়ে গেছে",
	} {
		r := model(t).Read(text, Context{})
		if r.Urgent || len(r.Intent) > 6 && r.Intent[:7] == urgentIntent {
			t.Errorf("%q is taken for urgent: card %q, %s %.2f", text, r.Card, r.Intent, r.Score)
		}
	}
}

// TestDangerSaidInPassing asks for something and cries for help in one message:
// no look-alike, and nothing that is surely asked, may drown the cry.
func TestDangerSaidInPassing(t *testing.T) {
	for _, ask := range []string{
		"combien coute la creche", "comment faire la demande de cmg a la caf", "quels papiers pour l'inscription en creche",
		"quand est la prochaine formation premiers secours", "inscrivez moi a l'atelier musique de mercredi", "how much is the nursery",
	} {
		for _, c := range []struct{ cry, card string }{
			{"j'ai peur qu'il me tue", "violence"}, {"mon mari me frappe", "violence"}, {"je veux mourir", "despair"}, {"mon bébé respire mal", "medical"},
			{"mon ex m'a étranglée", "violence"}, {"my husband hits me", "violence"}, {"il me menace avec un couteau", "violence"},
		} {
			for _, text := range []string{ask + ", " + c.cry, c.cry + " " + ask} {
				if r := model(t).Read(text, Context{}); r.Card != c.card {
					t.Errorf("%q calls for the card %q, not %q", text, r.Card, c.card)
				}
			}
		}
	}
}
