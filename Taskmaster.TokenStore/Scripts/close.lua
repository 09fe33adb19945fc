-- close.lua: revokes or rejects one token.
-- KEYS  1 the token
-- ARGV  1 the new status, 'x' (revoked) or 'j' (rejected)
-- Returns 'done', also when the token is gone or was closed or redeemed before: then it is already of no use.
-- Keeps: a redeemed token stays redeemed, so that its replay is still recognised.

local status = redis.call('GETRANGE', KEYS[1], 2, 2)

if status == 'v' or status == 'i' then
  redis.call('SETRANGE', KEYS[1], 2, ARGV[1])
end

return { 'done' }
