package knowledge

import (
	"cmp"
	"time"

	"doudou/knowledge/contract"
)

// contractLookups are the look-ups about the contract with a childminder.
func contractLookups() []lookup {
	return []lookup{
		{Function: Function{Name: "pay.month",
			With: map[string]string{"hourly": "euros", "hours": "count", "weeks": "count"},
			Sets: map[string]string{"monthly": "euros", "full": "yesno"}}, look: (*Library).payMonth},
		{Function: Function{Name: "pay.upkeep", With: map[string]string{"hours": "count", "days": "count"},
			Sets: map[string]string{"day": "euros", "month": "euros"}}, look: (*Library).payUpkeep},
		{Function: Function{Name: "pay.check", With: map[string]string{"hourly": "euros", "title": "yesno"},
			Sets: map[string]string{"enough": "yesno", "minimum": "euros", "missing": "euros"}}, look: (*Library).payCheck},
		{Function: Function{Name: "contract.notice", With: map[string]string{"start": "date", "notified": "date"},
			Sets: map[string]string{"notice": "choice", "ends": "date"}}, look: (*Library).notice},
		{Function: Function{Name: "contract.indemnity",
			With: map[string]string{"start": "date", "ends": "date", "gross": "euros"},
			Sets: map[string]string{"due": "yesno", "amount": "euros"}}, look: (*Library).indemnity},
	}
}

// payMonth answers pay.month: hours a week, weeks a year. Hours beyond the
// agreement's week are counted with its least increase.
func (l *Library) payMonth(given map[string]string) (map[string]string, error) {
	a, n := arguments{given: given}, l.figures()
	hourly, hours, weeks := a.amount("hourly"), a.amount("hours"), a.count("weeks")
	year := contract.Year{Full: n.count("year_weeks"), Part: n.count("incomplete_year_weeks"),
		WeekHours: n.amount("week_hours_reference"), ExtraPercent: n.amount("overtime_percent")}
	if err := cmp.Or(a.err, n.err); err != nil {
		return nil, err
	}
	monthly, err := year.Monthly(hourly, hours, weeks)
	if err != nil {
		return nil, err
	}
	return map[string]string{"monthly": euros(monthly), "full": yesNo(weeks == year.Full)}, nil
}

// payUpkeep answers pay.upkeep: hours a day, days of presence a month.
func (l *Library) payUpkeep(given map[string]string) (map[string]string, error) {
	a, n := arguments{given: given}, l.figures()
	hours, days := a.amount("hours"), a.count("days")
	upkeep := contract.Upkeep{Hour: n.amount("upkeep_hourly"), Day: n.amount("upkeep_day_minimum")}
	if err := cmp.Or(a.err, n.err); err != nil {
		return nil, err
	}
	day, err := upkeep.Daily(hours)
	if err != nil {
		return nil, err
	}
	month, err := upkeep.Monthly(hours, days)
	if err != nil {
		return nil, err
	}
	return map[string]string{"day": euros(day), "month": euros(month)}, nil
}

// payCheck answers pay.check: is the gross pay of an hour the least or more?
func (l *Library) payCheck(given map[string]string) (map[string]string, error) {
	a, n := arguments{given: given}, l.figures()
	hourly, title := a.amount("hourly"), a.yes("title")
	least := contract.Minimum{Plain: n.amount("childminder_minimum_hourly"), Title: n.amount("childminder_minimum_title")}
	if err := cmp.Or(a.err, n.err); err != nil {
		return nil, err
	}
	minimum, missing, err := least.Check(hourly, title)
	if err != nil {
		return nil, err
	}
	return map[string]string{"enough": yesNo(missing.IsZero()), "minimum": euros(minimum), "missing": euros(missing)}, nil
}

// notice answers contract.notice: how long, and its last day.
func (l *Library) notice(given map[string]string) (map[string]string, error) {
	a, n := arguments{given: given}, l.figures()
	start, notified := a.date("start"), a.date("notified")
	rule := contract.Notice{ShortDays: n.count("notice_short_days"), MediumDays: n.count("notice_medium_days"),
		LongMonths: n.count("notice_long_months"), MediumFrom: n.count("notice_short_under_months"),
		LongFrom: n.count("notice_long_from_years")}
	if err := cmp.Or(a.err, n.err); err != nil {
		return nil, err
	}
	length, ends, err := rule.End(start, notified)
	if err != nil {
		return nil, err
	}
	return map[string]string{"notice": string(length), "ends": ends.Format(time.DateOnly)}, nil
}

// indemnity answers contract.indemnity; 0 euros when it is not due.
func (l *Library) indemnity(given map[string]string) (map[string]string, error) {
	a, n := arguments{given: given}, l.figures()
	start, ends, gross := a.date("start"), a.date("ends"), a.amount("gross")
	rule := contract.Indemnity{FromMonths: n.count("end_indemnity_months"), Share: n.amount("end_indemnity_share")}
	if err := cmp.Or(a.err, n.err); err != nil {
		return nil, err
	}
	due, amount, err := rule.Amount(start, ends, gross)
	if err != nil {
		return nil, err
	}
	return map[string]string{"due": yesNo(due), "amount": euros(amount)}, nil
}
