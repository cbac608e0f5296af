package knowledge

import (
	"math"
	"regexp"
	"strconv"
)

// A Point is where something is on the map, in degrees; the zero Point is
// unknown.
type Point struct{ Lat, Lon float64 }

// pointForm is how a dialog keeps a location that a family shared.
var pointForm = regexp.MustCompile(`^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)$`)

// readPoint reads "48.953,2.308".
func readPoint(text string) (Point, bool) {
	m := pointForm.FindStringSubmatch(text)
	if m == nil {
		return Point{}, false
	}
	var p Point
	p.Lat, _ = strconv.ParseFloat(m[1], 64) // the form is checked
	p.Lon, _ = strconv.ParseFloat(m[2], 64)
	return p, p.known()
}

// known tells whether p is on the map.
func (p Point) known() bool {
	return p != Point{} && math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

const earth = 6371.0 // mean radius, km

// km returns how far it is as the crow flies, over a round earth (haversine):
// in a town, that is to the metre.
func (p Point) km(q Point) float64 {
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	lat, lon := math.Sin(rad(q.Lat-p.Lat)/2), math.Sin(rad(q.Lon-p.Lon)/2)
	h := lat*lat + math.Cos(rad(p.Lat))*math.Cos(rad(q.Lat))*lon*lon
	return 2 * earth * math.Asin(math.Sqrt(min(h, 1)))
}
