// oidc-provider's storage on Redis: one JSON string a model, consumed by a field of a hash where it can be consumed,
// and for each grant the list of what it issued, so that it can be revoked together.
const consumable = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode', 'BackchannelAuthenticationRequest']);
const grantable = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode', 'BackchannelAuthenticationRequest']);

export function redisAdapter(redis) {
  return class RedisAdapter {
    constructor(model) {
      this.model = model;
    }

    key(id) {
      return `oidc:${this.model}:${id}`;
    }

    async upsert(id, payload, expiresIn) {
      const key = this.key(id);
      const json = JSON.stringify(payload);

      // The common case, client credentials, is one command.
      if (!consumable.has(this.model) && !(payload.grantId && grantable.has(this.model)) && !payload.uid) {
        await (expiresIn ? redis.set(key, json, 'EX', expiresIn) : redis.set(key, json));
        return;
      }

      const write = redis.multi();
      if (consumable.has(this.model)) {
        write.hset(key, 'payload', json);
        if (expiresIn) write.expire(key, expiresIn);
      } else if (expiresIn) {
        write.set(key, json, 'EX', expiresIn);
      } else {
        write.set(key, json);
      }

      if (payload.grantId && grantable.has(this.model)) {
        const list = `oidc:grant:${payload.grantId}`;
        write.rpush(list, key);
        write.expire(list, 30 * 24 * 3600);
      }

      if (payload.uid) {
        const uid = `oidc:uid:${payload.uid}`;
        if (expiresIn) write.set(uid, id, 'EX', expiresIn);
        else write.set(uid, id);
      }

      await write.exec();
    }

    async find(id) {
      if (!consumable.has(this.model)) {
        const json = await redis.get(this.key(id));
        return json ? JSON.parse(json) : undefined;
      }

      const [json, consumed] = await redis.hmget(this.key(id), 'payload', 'consumed');
      return json ? { ...JSON.parse(json), ...(consumed ? { consumed: Number(consumed) } : undefined) } : undefined;
    }

    async findByUid(uid) {
      const id = await redis.get(`oidc:uid:${uid}`);
      return id ? this.find(id) : undefined;
    }

    async findByUserCode() {
      return undefined;
    }

    async consume(id) {
      await redis.hset(this.key(id), 'consumed', Math.floor(Date.now() / 1000));
    }

    async destroy(id) {
      await redis.del(this.key(id));
    }

    async revokeByGrantId(grantId) {
      const list = `oidc:grant:${grantId}`;
      const keys = await redis.lrange(list, 0, -1);
      await redis.del(list, ...keys);
    }
  };
}
