// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "device/registry.hpp"
#include "device/source.hpp"
#include "sys/output.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <sstream>
#include <utility>
#include <vector>

namespace mp3prof::test
{

// Records what is asked of it; fails where it is told to.
class FakeRegistry : public Registry
{
public:
    tl::expected<void, int> apply(const Request& request) override
    {
        requests.push_back(request);
        const auto error = std::ranges::find(errors.entries, request, &Errors::Entry::first);
        if (error != errors.entries.end()) {
            return tl::unexpected<int>(error->second);
        }
        return {};
    }

    [[nodiscard]] std::string explain(const Request& request, int error) const override
    {
        return mp3prof::explain(request, error);
    }

    struct Errors {
        using Entry = std::pair<Request, int>;
        std::vector<Entry> entries;
        int& operator[](const Request& request) { return entries.emplace_back(request, 0).second; }
    };
    Errors errors;
    std::vector<Request> requests;
};

// Gives the batches it was loaded with, one at a time; records what it is asked.
class FakeSource : public Source
{
public:
    std::deque<Batch> past;    // for drain(); when empty: nothing new
    std::deque<Batch> batches; // for wait(); the test must load enough of them
    std::vector<nanoseconds> intervals;
    std::vector<std::optional<nanoseconds>> deadlines;
    std::vector<nanoseconds> not_before;
    std::function<void()> on_wait = [] {};

    RingInfo ring;

    const RingInfo& info() const override { return ring; }
    Status set_interval(nanoseconds interval) override
    {
        intervals.push_back(interval);
        return {};
    }
    Result<Batch> wait(const Until& until, int /*wake_fd*/) override
    {
        deadlines.push_back(until.deadline);
        not_before.push_back(until.not_before);
        on_wait();
        return next(batches, "the test has no more batches");
    }
    Result<Batch> drain() override
    {
        if (past.empty()) {
            Batch nothing = last_;
            nothing.samples = {};
            nothing.missed = 0;
            return nothing;
        }
        return next(past, "");
    }

private:
    Result<Batch> next(std::deque<Batch>& from, const char* otherwise)
    {
        if (from.empty()) {
            return fail("{}", otherwise);
        }
        last_ = from.front();
        from.pop_front();
        return last_;
    }

    Batch last_;
};

// Collects text; can be closed like a pipe.
class FakeSink : public Sink
{
public:
    std::ostream& stream() override { return text; }
    Result<bool> flush() override
    {
        ++flushes;
        if (flushes > full_after) {
            return fail("cannot write the test: no space left");
        }
        return flushes <= closed_after;
    }

    std::ostringstream text;
    int flushes = 0;
    int closed_after = 1'000'000;
    int full_after = 1'000'000;
};

} // namespace mp3prof::test
