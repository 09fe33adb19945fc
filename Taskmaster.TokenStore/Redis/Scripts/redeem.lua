-- redeem.lua: redeems a code, once, and writes the tokens it buys.
-- KEYS  1 the code; 2 ended grants of the tag; 3.. the new tokens, all of the same tag
-- ARGV  1 who the grant is among the marks, or ''; 2 retention of marks in ms; then value and time to live in ms of each token
-- Uses what shared.lua defines: token, redeem, revoke, revoked_at, write, now.
-- Returns 'done' | 'unknown' | 'replayed' (the grant is ended in the same step) | 'ended' | 'revoked'; only 'done' writes tokens.
-- Keeps: a code is redeemed at most once, and whoever comes second ends the grant, so that the tokens of the first die
-- even when the two race (RFC 6749 section 4.1.2). The new tokens inherit the code's birth: a revocation between the
-- two is older than none of them.

local value = token(KEYS[1])
if not value then
  return { 'unknown' }
end

if revoked_at(KEYS[2], ARGV[1]) > 0 then
  return { 'ended' }
end

local status = value:sub(3, 3)

if status == 'r' then
  revoke(KEYS[2], ARGV[1], now(), ARGV[2])
  return { 'replayed' }
end

if status ~= 'v' then
  return { 'revoked' }
end

if not redeem(KEYS[1], value, now(), '') then
  return { 'unknown' }
end

for i = 3, #KEYS do
  write(KEYS[i], ARGV[2 * i - 3], tonumber(value:sub(4, 19)), ARGV[2 * i - 2])
end

return { 'done' }
