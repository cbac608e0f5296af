package desk

import (
	"net/http"
	"time"

	"doudou/bot"
)

// A spending is what the SMS of an institution come to in a month.
type spending struct {
	Month, House, Cost string
	Messages, Segments int
}

// spendMonths is how many months the page of managers shows.
const spendMonths = 12

// spendPage shows managers what SMS cost, month by month.
func (d *desk) spendPage(v *visit) error {
	from := d.Now().In(d.Zone).AddDate(0, 1-spendMonths, 0)
	list, err := d.spendings(v, from)
	if err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "spend", page{Title: "desk.spend.title", Tab: "spend", Data: list})
}

// spendings adds up what teams spent since a month, by month and institution.
func (d *desk) spendings(v *visit, from time.Time) ([]spending, error) {
	rows, err := d.Cases.Spendings(v.r.Context(), from.Format("2006-01"))
	var list []spending
	for _, r := range rows {
		house := d.houseOf(v, r)
		i := len(list)
		for j := range list {
			if list[j].Month == r.Month && list[j].House == house {
				i = j
			}
		}
		if i == len(list) {
			list = append(list, spending{Month: r.Month, House: house})
		}
		list[i].Messages += r.Messages
		list[i].Segments += r.Segments
	}
	for i := range list {
		list[i].Cost = d.cost(v.lang, list[i].Segments)
		list[i].Month = d.written(v.lang, "month", list[i].Month)
	}
	return list, err
}

// houseOf names who pays: the institution of a team, or the robot.
func (d *desk) houseOf(v *visit, p bot.Spending) string {
	house := d.house(p.Team)
	if house == "" {
		return d.name(v.lang, "robot", "desk.thread.robot")
	}
	return d.name(v.lang, house, "desk.house."+house)
}

// spent is what the institution of a case has spent this month, nil when nothing.
func (d *desk) spent(v *visit, c bot.Case) (*spending, error) {
	if c.Channel != bot.SMS {
		return nil, nil
	}
	list, err := d.spendings(v, d.Now().In(d.Zone))
	mine := d.houseOf(v, bot.Spending{Team: c.Team})
	for i := range list {
		if list[i].House == mine {
			return &list[i], err
		}
	}
	return nil, err
}
