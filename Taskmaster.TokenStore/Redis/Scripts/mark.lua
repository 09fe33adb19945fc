-- mark.lua: revokes a grant, a subject, a client, or a subject's grants to one client, by one mark.
-- KEYS  1 the bucket of marks
-- ARGV  1 who; 2 retention of marks in ms; 3 how far ahead in ms: what is born until then is revoked as well
-- Returns 'done'.
-- Keeps: every token born before the mark is dead from the next read on, however many there are, and nothing that a
-- late writer does to a token can undo it, because the mark is not in the token.

revoke(KEYS[1], ARGV[1], now() + tonumber(ARGV[3]) * 1000, ARGV[2])
return { 'done' }
