package alert

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"

	"github.com/wneessen/go-mail"

	"doudou/bot"
)

// A Mailer carries messages by SMTP. It is safe for concurrent use: each message
// has a connection of its own.
type Mailer struct {
	host    string
	options []mail.Option
	from    string
}

// NewMailer reads the address of a server, smtps://user:password@host:465 or
// smtp://host:587, and that of the sender. With smtp:// the connection must
// become a private one (STARTTLS), except to a server on this machine. It speaks
// to nobody yet.
func NewMailer(server, from string) (*Mailer, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Path != "" && u.Path != "/" {
		return nil, errors.New("the mail server is smtps://user:password@host:465 or smtp://user:password@host:587") // the cause would quote the password
	}
	if _, err := netmail.ParseAddress(from); err != nil {
		return nil, fmt.Errorf("%q is no sender such as Doudou <doudou@ville.fr>", from)
	}
	m := &Mailer{host: u.Hostname(), from: from}
	m.options = []mail.Option{mail.WithTimeout(timeout / 2), mail.WithTLSConfig(&tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12})}
	m.options = append(m.options, privacy(u)...)
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return nil, fmt.Errorf("%q is no port of a mail server", port)
		}
		m.options = append(m.options, mail.WithPort(n))
	}
	if password, ok := u.User.Password(); ok {
		m.options = append(m.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return m, nil
}

// privacy is how the connection is kept from others, and its usual port.
func privacy(u *url.URL) []mail.Option {
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme == "smtps":
		return []mail.Option{mail.WithSSLPort(false)}
	case u.Hostname() == "localhost" || ip != nil && ip.IsLoopback():
		return []mail.Option{mail.WithTLSPortPolicy(mail.NoTLS)}
	}
	return []mail.Option{mail.WithTLSPortPolicy(mail.TLSMandatory)}
}

// Carry sends a message as plain text.
func (m *Mailer) Carry(ctx context.Context, to string, message Message) error {
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := letter.From(m.from); err != nil {
		return &Refusal{Why: "sender", Err: err}
	}
	if err := letter.To(to); err != nil {
		return &Refusal{Why: "address", Err: err}
	}
	letter.Subject(message.Subject)
	letter.SetBodyString(mail.TypeTextPlain, message.Body)
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // no holiday reply comes back
	if message.Urgent {
		letter.SetImportance(mail.ImportanceUrgent)
	}
	client, err := mail.NewClient(m.host, m.options...)
	if err != nil {
		return &Refusal{Why: "settings", Err: err}
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if letter.IsDelivered() { // whatever the goodbye was
		return nil
	}
	return refusalOf(err)
}

// refusalOf says why a server did not take a letter, without what it quoted: the
// address.
func refusalOf(err error) error {
	if err == nil {
		return nil
	}
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() > 0 {
		return &Refusal{Why: bot.Reason(fmt.Sprint("smtp ", refused.ErrorCode())), Err: err}
	}
	return &Refusal{Why: "no answer", Err: err}
}
