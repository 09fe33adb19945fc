-- rotate.lua: redeems a refresh token and writes the tokens it buys.
-- KEYS  1 the refresh token; 2 ended grants of the tag; 3 its successor, if it gets one; then the other new tokens
-- ARGV  1 who the grant is among the marks, or ''; 2 retention of marks in ms; 3 leeway in ms; 4 the successor, sealed
--       for the holder of the old token, or '' for none; then value and time to live in ms of each token
-- Uses what shared.lua defines: token, redeem, revoke, revoked_at, write, now.
-- Returns 'done' | 'again' and the sealed successor (used before, within the leeway) | 'unknown' | 'ended' | 'revoked'
--       | 'replayed' (used before, after the leeway: the grant is ended in the same step).
-- Keeps: a refresh token has exactly one successor however often it is used, the first redemption's time decides the
-- leeway, and reuse after it ends the grant (RFC 9700 section 4.14.2). The new tokens inherit the old one's birth.

local value = token(KEYS[1])
if not value then
  return { 'unknown' }
end

if revoked_at(KEYS[2], ARGV[1]) > 0 then
  return { 'ended' }
end

local status = value:sub(3, 3)
local us = now()
local born = tonumber(value:sub(4, 19))
local first = 3

if status == 'r' then
  if us - tonumber(value:sub(20, 35)) > tonumber(ARGV[3]) * 1000 then
    revoke(KEYS[2], ARGV[1], us, ARGV[2])
    return { 'replayed' }
  end

  -- Another successor is not written; the other new tokens are.
  first = ARGV[4] == '' and 3 or 4
elseif status ~= 'v' then
  return { 'revoked' }
elseif not redeem(KEYS[1], value, us, ARGV[4]) then
  return { 'unknown' }
end

for i = first, #KEYS do
  write(KEYS[i], ARGV[2 * i - 1], born, ARGV[2 * i])
end

if first == 4 then
  return { 'again', value:sub(-#ARGV[4]) }
end

return { 'done' }
