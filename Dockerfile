# The page first, then the service: the final image has no compiler and no Node.
FROM node:20-slim AS page
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
COPY openapi/openapi.json ../openapi/openapi.json
RUN npm run --silent build

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PLATEN_FRONTEND=/srv/platen/frontend/dist
WORKDIR /srv/platen
RUN useradd --system --no-create-home platen
COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml alembic.ini ./
COPY migrations/ migrations/
COPY api/ api/
COPY --from=page /build/frontend/dist frontend/dist
RUN printf '#!/bin/sh\ncd /srv/platen && exec python -m api.cli "$@"\n' > /usr/local/bin/platen && chmod 755 /usr/local/bin/platen
USER platen
EXPOSE 8470
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8470/livez', timeout=2)"]
CMD ["python", "-m", "api.cli", "serve", "--host", "0.0.0.0"]
