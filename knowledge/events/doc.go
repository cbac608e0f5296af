// Package events is the calendar of the relais: workshops, meetings, days where
// parents meet childminders, and the plan of such a day. It is pure: whoever
// asks says what time it is, and the same question has the same answer.
//
// # The calendar
//
// An Event is one date, with its seats; a Recurrence makes the dates of what
// comes again, left out on public holidays (Holiday), moved and cancelled one by
// one. A date keeps its id whatever happens to it, and what is cancelled stays as
// cancelled: seats are held by the id, and who has one must be told. Revise counts
// how often there was something to tell. ReadICS and WriteICS exchange the
// calendar with other programs. Hours are those of the town's clocks: the two
// changes of the hour move nothing.
//
// A Standing is an event as one contact sees it; Seat says which of eight states
// they find. A freed seat is for the first of the waiting list as long as there is
// time to ask them (OfferUntil): a day to answer, at least two hours, and an hour
// to come. What the relais says of itself leaves only when it is Courteous.
//
// # The plan of a speed-dating day
//
// Plan makes rounds in which parents sit down with childminders. Always, and
// checked by the tests on random days:
//
//   - each pair meets at most once, nobody is in two meetings of a round;
//   - a childminder has one table for the whole day; where there are fewer
//     tables than childminders, several share one, in different rounds;
//   - in no round are there more meetings than tables;
//   - a meeting lies wholly inside the time in which both are in the room;
//   - the same people and options give the same plan, in any order of the rows.
//
// Of two plans the better one is (see Total), in this order:
//
//  1. the one in which less is missing: the sum, over all people of both sides,
//     of the squares of the meetings they lack of the minimum. If a plan gives
//     everybody the minimum, the best does. If none can, the squares see to it
//     that somebody's first meeting comes before two others' third;
//  2. the one with fewer meetings of two who have no day or no hour in common.
//     Such a pair meets only if somebody would lack the minimum without;
//  3. the one with more points of Fit.
//
// How near the plan is to the best:
//
//   - If everybody is there in all rounds and each childminder has her own
//     table, the plan is the best, on a day of any size. The pairs are chosen by
//     a min-cost flow, which is exact, and then put in rounds by colouring the
//     edges of a bipartite graph, which needs no more rounds than somebody has
//     meetings (König).
//   - If people come and go, or share tables, the same flow gives a bound that
//     no plan exceeds (Schedule.Bound): it leaves out only that both of a pair
//     need the same round, and which childminders share a table. A plan that
//     reaches it is the best, and Schedule.Optimal says so. To find the best
//     with shared rounds is NP-hard; here the plan is improved by choosing one
//     or two rounds again, exactly, and by exchanging childminders who share.
//     Days of up to 64 pairs are then searched to the end, within a limit of
//     work: on all random days of up to 4 parents and 3 childminders in 4 rounds,
//     with windows and too few tables, the tests find the total of an
//     exhaustive search.
//   - On larger random days with windows, measured by the tests: 48 families
//     and 33 childminders with a table each, 99.9 % of the points of the bound
//     at least, and nothing more missing; on 16 tables, 97 % at least and at
//     most 4 more missing (as a sum of squares), part of which no plan could
//     reach. 500 families and 300 childminders: 99.9 % with a table each; on
//     100 tables 98 %, with 537 missing where the bound has 521 (BenchmarkPlan).
//
// After the pairs are chosen rounds are exchanged so that people wait less
// between their meetings, which makes waves where there are more families than
// tables. That is done as far as it goes easily; it is no promise.
//
// # When the day goes otherwise
//
// Replan plans the rounds that remain again, when somebody did not come, is
// late or leaves early. The past and the tables of childminders stay. A meeting
// that stands on people's sheets is worth FullFit more where it stands, so that
// it moves only if somebody would lack the minimum, or for two better ones. The
// same bound, search and limits hold for what remains.
package events
