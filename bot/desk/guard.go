package desk

import (
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
)

// maxBody is how much a form may send, in bytes.
const maxBody = 64 << 10

// policy lets a page load our own files and nothing else, run no script of its
// own and stand in no frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before all pages: headers, forms from other sites refused, body
// limited, and a panic answered as an error.
func (d *desk) guard(next http.Handler, public *url.URL, secure bool) (http.Handler, error) {
	cross := http.NewCrossOriginProtection()
	if public.Host != "" {
		if err := cross.AddTrustedOrigin(public.Scheme + "://" + public.Host); err != nil {
			return nil, err
		}
	}
	cross.SetDenyHandler(d.open(func(*visit) error { return errForeign }))
	limited := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostOf(r.URL.Path))
		next.ServeHTTP(w, r)
	})
	inner := cross.Handler(limited)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer d.caught(w)
		headers(w.Header(), secure)
		inner.ServeHTTP(w, r)
	}), nil
}

// mostOf is how much a form of an address may send: a file, in base64 once it
// was shown, or words.
func mostOf(path string) int64 {
	if path == importPath {
		return maxImport/3*4 + maxBody
	}
	return maxBody
}

func headers(h http.Header, secure bool) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

func (d *desk) caught(w http.ResponseWriter) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	d.Log.Error("a page of the desk panicked", "stack", string(debug.Stack()))
	http.Error(w, "500", http.StatusInternalServerError)
}

// connection is the address of who is connected; of an IPv6 address, the
// network that one household or office holds.
func connection(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip := net.ParseIP(host)
	if ip != nil && ip.To4() == nil {
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return strings.ToLower(host)
}
