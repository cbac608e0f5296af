// Package sms is the way of families who write by plain SMS: phones of any age,
// no application, nothing to install. It stands on Twilio.
//
// What comes in is a signed form (Channel.Inbound); the answer goes back in the
// same breath as TwiML. What leaves later (an answer of staff, a reminder) is
// sent by REST (Channel.Send). What becomes of it comes back as delivery reports
// (Channel.Status).
//
// A message is paid by the segment: 160 characters of the old GSM alphabet, or
// 70 as soon as one sign is outside it. French has ê, ç and œ outside, so one
// letter can double the price and, on some phones, cut the answer in two. Fit
// writes a text so that it leaves in the fewest segments without a letter
// changed for nothing, Measure counts as the operator counts, Pages cuts what is
// too long into pages that SUITE asks for one by one.
//
// The sender is a setting and never a French mobile number: those may not be
// used for messages sent by machines (ARCEP decision 2022-1583).
package sms
