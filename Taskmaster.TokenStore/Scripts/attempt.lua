-- attempt.lua: counts a failed attempt to use a token, and revokes it at the limit.
-- KEYS  1 the token
-- ARGV  1 the limit (1 to 9)
-- Returns 'done' and the number of failed attempts, 0 when the token is unknown or of no use any more.
-- Keeps: parallel attempts are all counted, and a token at the limit cannot be redeemed.

local header = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
if #header < HEADER or header:sub(3, 3) ~= 'v' then
  return { 'done', '0' }
end

local attempts = tonumber(header:sub(36, 36)) + 1
redis.call('SETRANGE', KEYS[1], 35, string.format('%.0f', attempts))

if attempts >= tonumber(ARGV[1]) then
  redis.call('SETRANGE', KEYS[1], 2, 'x')
end

return { 'done', string.format('%.0f', attempts) }
