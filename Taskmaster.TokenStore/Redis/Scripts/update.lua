-- update.lua: replaces a token that nobody has changed since it was read.
-- KEYS  1 the token
-- ARGV  1 the header that was read; 2 the new value; 3 its time to live in ms; 4 when the grant begins (us), if it begins
--       with this change, or ''
-- Returns 'done' | 'lost' (changed or gone).
-- Keeps: a stale writer loses. The header holds the status, the redemption and the revision, so any change is seen. The
-- birth stays, however long the token is to live now, unless the grant begins only now: what was revoked before a user
-- allowed a device is none of what the user has allowed (RFC 8628 section 3.3).

local value = token(KEYS[1])
if not value or value:sub(1, HEADER) ~= ARGV[1] then
  return { 'lost' }
end

local birth = born(KEYS[1], value)
if birth == 0 or not redis.call('SET', KEYS[1], with_birth(ARGV[2], tonumber(ARGV[4]) or birth), 'XX', 'PX', ARGV[3]) then
  return { 'lost' }
end

return { 'done' }
