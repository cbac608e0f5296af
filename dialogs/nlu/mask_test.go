package nlu

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestMask(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Questions stay as they were written.
		{"slt cmt on fé pr avoir 1 place en creche", "slt cmt on fé pr avoir 1 place en creche"},
		{"c'est combien la creche pr 2 enfants de 18 mois", "c'est combien la creche pr 2 enfants de 18 mois"},
		{"cest konbien la kreche", "cest konbien la kreche"},
		{"C quoi le CMG ?", "C quoi le CMG ?"},
		{"je suis enceinte de 5 mois", "je suis enceinte de 5 mois"},
		{"je bosse de 8h30 a 18h30 qui garde ma fille le soir", "je bosse de 8h30 a 18h30 qui garde ma fille le soir"},
		{"kifach nsajel weldi f la creche", "kifach nsajel weldi f la creche"},
		{"Çocuğumu kreşe nasıl yazdırırım", "Çocuğumu kreşe nasıl yazdırırım"},
		{"كيف أسجل طفلي في الحضانة", "كيف أسجل طفلي في الحضانة"},
		{"குழந்தை தடுப்பூசி எங்கே போடுவது", "குழந்தை தடுப்பூசி எங்கே போடுவது"},
		{"我想给孩子报名托儿所", "我想给孩子报名托儿所"},
		{"বাচ্চাকে ক্রেশে ভর্তি করতে চাই", "বাচ্চাকে ক্রেশে ভর্তি করতে চাই"},
		{"monenfant.fr marche pas", "monenfant.fr marche pas"},
		{"No residence permit, can we have a place", "No residence permit, can we have a place"},
		// Names that are told.
		{"Bonjour je m'appelle Fatou Diallo, je cherche une nounou", "Bonjour je m'appelle …, je cherche une nounou"},
		{"jmapelle kevin lebrun et je cherche une creche", "jmapelle … et je cherche une creche"},
		{"c'est mohamed le papa de Inaya", "c'est … le papa de …"},
		{"c'est marie", "c'est …"},
		{"mon prénom est Rose-Marie et je veux une place", "mon prénom est … et je veux une place"},
		{"my name is Priya Sundaram, how much is nursery", "my name is …, how much is nursery"},
		{"hello I'm Oluwaseun, is there a nursery", "hello I'm …, is there a nursery"},
		{"اسمي فاطمة الزهراء وأبحث عن حضانة", "اسمي … وأبحث عن حضانة"},
		{"salam smiti khadija bghit creche", "salam smiti … bghit creche"},
		{"Merhaba benim adım Ayşegül Yıldız, kreş arıyorum", "Merhaba benim adım …, kreş arıyorum"},
		{"olá me chamo Joana Tavares e procuro uma ama", "olá me chamo … e procuro uma ama"},
		{"mă numesc Ionela Popescu și caut o bonă", "mă numesc … și caut o bonă"},
		{"me llamo Guadalupe y busco guardería", "me llamo … y busco guardería"},
		{"என் பெயர் கவிதா", "என் பெயர் …"},
		{"আমার নাম রহিমা", "আমার নাম …"},
		{"我叫王小芳，想问托儿所", "我叫…，想问托儿所"},
		// Names that nothing tells but a kinship, a title, a capital, a signature.
		{"mon fils Djibril a 2 ans", "mon fils … a 2 ans"},
		{"la nounou Mme Bouchareb ne vient plus", "la nounou Mme … ne vient plus"},
		{"je voudrais une place pour Naëlle à la crèche", "je voudrais une place pour … à la crèche"},
		{"une place pour mohamed benyoucef svp", "une place pour … svp"},
		{"une place pour Djibril Kouyaté", "une place pour …"},
		{"besoin d'une nounou merci fatoumata", "besoin d'une nounou merci …"},
		{"pas de place pour DJENABOU en crèche", "pas de place pour … en crèche"},
		{"JE CHERCHE UNE NOUNOU AGREEE", "JE CHERCHE UNE NOUNOU AGREEE"},
		// Numbers.
		{"appelez moi au 06 12 34 56 78 svp", "appelez moi au … svp"},
		{"mon num +33 (0)6.12.34.56.78 merci", "mon num +… merci"},
		{"rappel 0612345678", "rappel …"},
		{"رقمي ٠٦١٢٣٤٥٦٧٨ من فضلكم", "رقمي … من فضلكم"},
		{"zéro six douze trente quatre cinquante six c'est mon numéro", "… c'est mon numéro"},
		{"我的电话零六一二三四五六七八", "我的电话…"},
		{"je gagne 2500 euros", "je gagne … euros"},
		{"né le 12/03/2024", "né le …"},
		{"numéro caf 1234567", "numéro caf …"},
		// Addresses.
		{"j'habite au 12 rue de la République, la creche la plus proche ?", "j'habite au …, la creche la plus proche ?"},
		{"12 bis avenue du Maréchal Foch 93800 Épinay la pmi est ou", "… la pmi est ou"},
		{"jabite 3 allee des tilleuls et je cherche une nounou", "jabite … et je cherche une nounou"},
		{"j habite batiment C appt 42 vous etes ou", "j habite … vous etes ou"},
		{"I live at 7 Park Lane, where is the nursery", "I live at …, where is the nursery"},
		{"vivo en la calle Mayor, dónde hay guardería", "vivo en la …, dónde hay guardería"},
		{"écrivez à awa.diop@gmail.com merci", "écrivez à … merci"},
		{"fatou point diop arobase gmail point com svp", "… point … svp"},
		{"mon mail c'est nounou93 gmail.com", "mon mail c'est …"},
		{"voir www.facebook.com/ma.famille svp", "voir … svp"},
		// What is left is one line, and nothing when there is nothing.
		{"  la\ncreche\tc'est\u202e ou \x00 ?", "la creche c'est ou ?"},
		{"06 12 34 56 78", ""}, {"", ""}, {"😀", ""}, {"\xff", ""}, {"Mohamed", ""},
	} {
		if got := Mask(c.text); got != c.want {
			t.Errorf("%q is kept as\n%q, not\n%q", c.text, got, c.want)
		}
	}
}

// TestMaskSparesPhrases: what people ask every day is not taken for a name.
func TestMaskSparesPhrases(t *testing.T) {
	phrases, err := readPhrases(files)
	if err != nil {
		t.Fatal(err)
	}
	touched := 0
	for _, p := range phrases {
		if strings.Contains(Mask(p.Text), masked) && !strings.Contains(p.Text, masked) {
			touched++
		}
	}
	if 50*touched > len(phrases) {
		t.Errorf("%d phrases of %d are masked", touched, len(phrases))
	}
	t.Logf("%d phrases of %d are masked", touched, len(phrases))
}

// TestMaskBounded: nobody can hold a turn up by what they write.
func TestMaskBounded(t *testing.T) {
	for _, text := range append(hostile, strings.Repeat("1.", 2000), strings.Repeat("a@", 2000), strings.Repeat("rue ", 1000), strings.Repeat("gmail ", 700)) {
		start := time.Now()
		Mask(text)
		if d := time.Since(start); d > time.Second {
			t.Errorf("%.20q takes %v", text, d)
		}
	}
}

func FuzzMask(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Add("je m'appelle Fatou, 12 rue de Paris 93800, 06 12 34 56 78, a@b.fr")
	f.Fuzz(func(t *testing.T, text string) {
		got := Mask(text)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\t\n\r@") {
			t.Errorf("%q is kept as %q", text, got)
		}
		for _, at := range digitRuns.FindAllString(got, -1) {
			if countDigits(at) >= leastDigits {
				t.Errorf("%q is kept as %q, with %q", text, got, at)
			}
		}
	})
}
