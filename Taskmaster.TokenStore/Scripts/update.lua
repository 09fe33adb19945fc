-- update.lua: replaces a token that nobody has changed since it was read.
-- KEYS  1 the token
-- ARGV  1 the header that was read; 2 the new value; 3 its time to live in ms
-- Returns 'done' | 'lost' (changed or gone).
-- Keeps: a stale writer loses. The header holds the status, the redemption and the revision, so any change is seen. The
-- birth stays, however long the token is to live now.

local header = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
if header ~= ARGV[1] then
  return { 'lost' }
end

write(KEYS[1], ARGV[2], born(KEYS[1], header), ARGV[3])
return { 'done' }
