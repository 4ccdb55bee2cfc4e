# syntax=docker/dockerfile:1
# Three stages: front-end files, Python packages, and the image that runs, which has no compiler, npm or pip cache.

FROM node:24-slim AS front
WORKDIR /build
COPY package.json package-lock.json .npmrc .dsfr.yml ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13-slim AS packages
WORKDIR /build
RUN python -m venv /opt/sprint
COPY requirements/run.txt requirements/
RUN /opt/sprint/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY package-lock.json ./
# The style sheet is cut down to what the pages name.
COPY sprint sprint
COPY templates templates
COPY static static
COPY --from=front /build/node_modules node_modules
RUN /opt/sprint/bin/python -m sprint.assets
# Nothing is installed at run time.
RUN /opt/sprint/bin/pip uninstall --yes pip

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Sprint" org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --uid 10001 --user-group --no-create-home sprint \
    && install --directory --owner=sprint --group=sprint /var/lib/sprint
WORKDIR /app
COPY --from=packages /opt/sprint /opt/sprint
COPY . .
COPY --from=packages /build/static/vendor static/vendor
ENV PATH=/opt/sprint/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SPRINT_DATABASE_URL=sqlite:////var/lib/sprint/sprint.db
USER sprint
VOLUME /var/lib/sprint
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/sante', timeout=4)"]
CMD ["python", "-m", "sprint", "run", "--host", "0.0.0.0"]
