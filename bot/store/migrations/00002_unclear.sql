-- What was not understood, masked, for staff to say what it meant. The key is
-- drawn at random: no row tells whose it is, nor at what hour it came.

-- +goose Up
CREATE TABLE unclear (
    id       TEXT PRIMARY KEY,
    day      TEXT NOT NULL, -- 2026-11-23
    lang     TEXT NOT NULL,
    audience TEXT NOT NULL,
    text     TEXT NOT NULL,
    top      TEXT NOT NULL
);
CREATE INDEX unclear_day ON unclear (day, id);

-- +goose Down
DROP TABLE unclear;
