package knowledge

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// officialDomains are the sites that a fact may name as its source, with
// whatever is below them. The town's and the Département's are in town.yaml.
// Pages copied elsewhere are often out of date, and some are fraud.
func officialDomains() []string {
	return []string{
		"gouv.fr", // legifrance, service-public, allo119, solidarites, social, arretonslesviolences, impots...
		"service-public.fr", "caf.fr", "monenfant.fr", "urssaf.fr", "francetravail.fr",
		"senat.fr", "assemblee-nationale.fr", "3114.fr", "urgence114.fr",
		"iperia.eu",           // the branch's training body for childminders
		"alloparentsbebe.org", // the line's own site
	}
}

// official refuses an address that is not on an official site.
func official(address string, local []string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || u.Host == "" {
		return fmt.Errorf("the address of a source is https://..., not %q", address)
	}
	host := strings.ToLower(u.Hostname())
	allowed := func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }
	if !slices.ContainsFunc(append(officialDomains(), local...), allowed) {
		return fmt.Errorf("%s is not an official site; the list is in knowledge/domains.go and town.yaml", host)
	}
	return nil
}
