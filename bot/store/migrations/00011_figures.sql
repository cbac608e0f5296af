-- What is counted without whose it is, for what is kept must not be kept for the
-- figures: messages that left are erased after a week, people when they ask.
-- Several rows stand for one count, so that those who count at once need not
-- wait for each other.

-- +goose Up
CREATE TABLE counter (
    day   TEXT NOT NULL, -- 2026-11-23; of what one person did, the first of its month
    name  TEXT NOT NULL,
    shard BIGINT NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (day, name, shard)
);

-- +goose Down
DROP TABLE counter;
