// Package cmg computes the CMG.
package cmg
