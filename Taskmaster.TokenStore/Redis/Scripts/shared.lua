-- shared.lua: put in front of every other script; see each of them for KEYS and ARGV.
--
-- A token's value begins with a header of fixed places, so that a script can read and change it without knowing the rest
-- (TokenValue.cs writes the same places):
--   1-2 version | 3 status | 4-19 birth (us) | 20-35 redeemed at (us) | 36 failed attempts | 37 type | 38-41 revision
-- A bucket of revocation marks is a row of 32-byte records: 16 characters who, 16 digits when (us); see RevocationMarks.cs.
-- All times are Redis's own, so no server's clock decides who came first. A token that one SET wrote has, in the place
-- of its birth, the time to live in ms that it was given: its expiry less that is its birth, to the ms.

local HEADER = 41
local RECORD = 32
local FIRST_TIME = 1000000000000000

local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function digits(us)
  return string.format('%016.0f', us)
end

-- When `who` was revoked, or 0.
local function revoked_at(bucket, who)
  if who == '' then
    return 0
  end

  local marks = redis.call('GET', bucket)
  if not marks then
    return 0
  end

  for i = 1, #marks, RECORD do
    if marks:sub(i, i + 15) == who then
      return tonumber(marks:sub(i + 16, i + 31))
    end
  end

  return 0
end

-- Marks `who` as revoked at `us`; drops the marks that no living token can be older than.
local function revoke(bucket, who, us, retention_ms)
  if who == '' then
    return
  end

  local kept = { who .. digits(us) }
  local marks = redis.call('GET', bucket) or ''

  for i = 1, #marks, RECORD do
    if marks:sub(i, i + 15) ~= who and tonumber(marks:sub(i + 16, i + 31)) > us - retention_ms * 1000 then
      kept[#kept + 1] = marks:sub(i, i + 31)
    end
  end

  redis.call('SET', bucket, table.concat(kept), 'PX', retention_ms)
end

-- The value of the token under `key`, or false when there is none.
local function token(key)
  local value = redis.call('GET', key)
  return value and #value >= HEADER and value
end

-- When the token under `key`, which has this value, was born, never later than it was; 0 when it is gone.
local function born(key, value)
  local time = tonumber(value:sub(4, 19))
  if time >= FIRST_TIME then
    return time
  end

  local expiry = redis.call('PEXPIRETIME', key)
  return expiry > 0 and (expiry - time) * 1000 or 0
end

local function with_birth(value, us)
  return value:sub(1, 3) .. digits(us) .. value:sub(20)
end

-- Writes a new token, born at `us`.
local function write(key, value, us, px)
  redis.call('SET', key, with_birth(value, us), 'PX', px)
end

-- Changes the value of the token under `key`, which keeps its time to live; false when the token is gone. On Garnet a key
-- can expire between two commands of a script: SETRANGE and APPEND would then make a new one that never expires.
local function replace(key, value)
  return redis.call('SET', key, value, 'XX', 'KEEPTTL') and true
end

-- Marks the token under `key`, which has this value, as redeemed, and puts `successor` behind it; false when it is gone. Its
-- first redemption is never overwritten, because only a valid one gets here.
local function redeem(key, value, us, successor)
  return replace(key, value:sub(1, 2) .. 'r' .. value:sub(4, 19) .. digits(us) .. value:sub(36) .. successor)
end
